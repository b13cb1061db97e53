//! A network as a GraphML or GEXF 1.3 file, for programs that draw and measure graphs.

use crate::api::NetworkReply;

/// Kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::api) enum GraphForm {
    #[default]
    GraphMl,
    Gexf,
}

impl GraphForm {
    pub(in crate::api) fn from_name(name: &str) -> Option<Self> {
        match name {
            "graphml" => Some(Self::GraphMl),
            "gexf" => Some(Self::Gexf),
            _ => None,
        }
    }
}

/// Columns of a node, beside its id: name and type in either form.
const COLUMNS: [(&str, &str, &str); 5] = [
    ("label", "string", "string"),
    ("type", "string", "string"),
    ("english", "string", "string"),
    ("mentions", "int", "integer"),
    ("documents", "int", "integer"),
];

/// The text of the file.
pub(in crate::api) fn write(form: GraphForm, network: &NetworkReply, fingerprint: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let told = format!(
        "Entities mentioned in the same {} (scope: {}); weights count documents. Corpus {fingerprint}.",
        network.unit, network.scope
    );
    match form {
        GraphForm::GraphMl => {
            out.push_str(concat!(
                "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"",
                " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
                " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns",
                " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
            ));
            element(&mut out, "desc", &[], Some(&told));
            for (name, kind, _) in COLUMNS {
                let key = [
                    ("id", name),
                    ("for", "node"),
                    ("attr.name", name),
                    ("attr.type", kind),
                ];
                element(&mut out, "key", &key, None);
            }
            let key = [
                ("id", "weight"),
                ("for", "edge"),
                ("attr.name", "weight"),
                ("attr.type", "int"),
            ];
            element(&mut out, "key", &key, None);
            out.push_str("<graph id=\"network\" edgedefault=\"undirected\">\n");
        }
        GraphForm::Gexf => {
            out.push_str("<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta>\n");
            element(&mut out, "creator", &[], Some("Kashshaf"));
            element(&mut out, "description", &[], Some(&told));
            out.push_str("</meta>\n<graph defaultedgetype=\"undirected\" mode=\"static\">\n");
            out.push_str("<attributes class=\"node\">\n");
            for (name, _, kind) in COLUMNS.iter().skip(1) {
                let column = [("id", *name), ("title", *name), ("type", *kind)];
                element(&mut out, "attribute", &column, None);
            }
            out.push_str("</attributes>\n<nodes>\n");
        }
    }
    for node in &network.nodes {
        let (mentions, documents) = (node.mentions.to_string(), node.documents.to_string());
        let values = [
            node.name.as_str(),
            node.kind,
            node.english.as_deref().unwrap_or_default(),
            &mentions,
            &documents,
        ];
        let cells = COLUMNS
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty());
        if form == GraphForm::GraphMl {
            open(&mut out, "node", &[("id", &node.id)], ">\n");
            for ((name, ..), value) in cells {
                element(&mut out, "data", &[("key", name)], Some(value));
            }
        } else {
            open(
                &mut out,
                "node",
                &[("id", &node.id), ("label", &node.name)],
                ">\n<attvalues>\n",
            );
            for ((name, ..), value) in cells.skip(1) {
                element(
                    &mut out,
                    "attvalue",
                    &[("for", name), ("value", value)],
                    None,
                );
            }
            out.push_str("</attvalues>\n");
        }
        out.push_str("</node>\n");
    }
    if form == GraphForm::Gexf {
        out.push_str("</nodes>\n<edges>\n");
    }
    let id = |at: u32| {
        network
            .nodes
            .get(at as usize)
            .map_or("", |node| node.id.as_str())
    };
    for (&(one, other, weight), number) in network.edges.iter().zip(0_u32..) {
        let (edge, weight) = (format!("e{number}"), weight.to_string());
        let ends = [
            ("id", edge.as_str()),
            ("source", id(one)),
            ("target", id(other)),
        ];
        if form == GraphForm::GraphMl {
            open(&mut out, "edge", &ends, ">");
            element(&mut out, "data", &[("key", "weight")], Some(&weight));
            out.push_str("</edge>\n");
        } else {
            let [edge, source, target] = ends;
            element(
                &mut out,
                "edge",
                &[edge, source, target, ("weight", &weight)],
                None,
            );
        }
    }
    out.push_str(match form {
        GraphForm::GraphMl => "</graph>\n</graphml>\n",
        GraphForm::Gexf => "</edges>\n</graph>\n</gexf>\n",
    });
    out
}

fn element(out: &mut String, name: &str, attributes: &[(&str, &str)], text: Option<&str>) {
    open(
        out,
        name,
        attributes,
        if text.is_some() { ">" } else { "/>\n" },
    );
    if let Some(text) = text {
        escape(out, text);
        out.push_str("</");
        out.push_str(name);
        out.push_str(">\n");
    }
}

fn open(out: &mut String, name: &str, attributes: &[(&str, &str)], end: &str) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
    out.push_str(end);
}

/// Text that XML 1.0 can hold: marks escaped, characters it has no place for left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}
