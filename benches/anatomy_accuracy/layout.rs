//! Reads a layout: see tests/layouts/README.md.

use super::dates::Style;

/// A layout, ready to be poured into.
pub(crate) struct Layout {
    pub(crate) name: String,
    pub(crate) nodes: Vec<Node>,
}

/// A line or a block.
pub(crate) enum Node {
    Line(Vec<Piece>),
    Article,
    Main,
    /// Share of pages, in percent.
    Maybe(u32, Vec<Node>),
    /// Fewest and most times.
    Repeat(usize, usize, Vec<Node>),
}

/// A stretch of a line.
pub(crate) enum Piece {
    Literal(String),
    Title,
    Body { most: usize, joint: &'static str },
    Date(Style),
    OtherDate(Style),
    Source,
    Agency,
    Tags(String),
    Headline,
    Place,
    Author,
    Time,
    Number,
}

impl Layout {
    /// Reads the text of a layout file; an error names the line.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let mut open: Vec<(Option<Node>, Vec<Node>)> = vec![(None, Vec::new())];
        for (number, line) in text.lines().enumerate() {
            let fail = |what: &str| format!("{name}, line {}: {what}", number + 1);
            if line.starts_with('%') {
                continue;
            }
            let node = match directive(line).map_err(|what| fail(&what))? {
                Some(Directive::Open(block)) => {
                    open.push((Some(block), Vec::new()));
                    continue;
                }
                Some(Directive::End) => {
                    let (block, inside) = open.pop().ok_or_else(|| fail("@end without a block"))?;
                    match block {
                        Some(Node::Maybe(percent, _)) => Node::Maybe(percent, inside),
                        Some(Node::Repeat(least, most, _)) => Node::Repeat(least, most, inside),
                        _ => return Err(fail("@end without a block")),
                    }
                }
                Some(Directive::Switch(node)) => node,
                None => Node::Line(pieces(line).map_err(|what| fail(&what))?),
            };
            if let Some((_, nodes)) = open.last_mut() {
                nodes.push(node);
            }
        }
        match open.pop() {
            Some((None, nodes)) => Ok(Self {
                name: name.to_owned(),
                nodes,
            }),
            _ => Err(format!("{name}: a block without @end")),
        }
    }
}

enum Directive {
    Open(Node),
    End,
    Switch(Node),
}

fn directive(line: &str) -> Result<Option<Directive>, String> {
    let Some(words) = line.strip_prefix('@') else {
        return Ok(None);
    };
    let (word, value) = words.split_once(' ').unwrap_or((words, ""));
    let number = |text: &str| {
        text.trim()
            .parse::<usize>()
            .map_err(|_| format!("@{word} {value}: a number is missing"))
    };
    Ok(Some(match word.trim() {
        "article" => Directive::Switch(Node::Article),
        "main" => Directive::Switch(Node::Main),
        "end" => Directive::End,
        "maybe" => {
            let percent = u32::try_from(number(value)?).unwrap_or(100);
            Directive::Open(Node::Maybe(percent, Vec::new()))
        }
        "repeat" => {
            let (least, most) = value.split_once('-').unwrap_or((value, value));
            Directive::Open(Node::Repeat(number(least)?, number(most)?, Vec::new()))
        }
        _ => return Err(format!("unknown directive @{words}")),
    }))
}

fn pieces(line: &str) -> Result<Vec<Piece>, String> {
    let (mut found, mut rest) = (Vec::new(), line);
    while let Some((literal, after)) = rest.split_once('{') {
        if !literal.is_empty() {
            found.push(Piece::Literal(literal.to_owned()));
        }
        let (name, after) = after.split_once('}').ok_or("a brace is not closed")?;
        found.push(placeholder(name)?);
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(rest.to_owned()));
    }
    Ok(found)
}

fn placeholder(name: &str) -> Result<Piece, String> {
    let unknown = || format!("unknown placeholder {{{name}}}");
    let (word, option) = name.split_once(':').unwrap_or((name, ""));
    Ok(match word {
        "title" => Piece::Title,
        "body" => body(option).ok_or_else(unknown)?,
        "date" => Piece::Date(Style::named(option).ok_or_else(unknown)?),
        "other-date" => Piece::OtherDate(Style::named(option).ok_or_else(unknown)?),
        "source" => Piece::Source,
        "agency" => Piece::Agency,
        "tags" => Piece::Tags(option.to_owned()),
        "headline" => Piece::Headline,
        "place" => Piece::Place,
        "author" => Piece::Author,
        "time" => Piece::Time,
        "number" => Piece::Number,
        _ => return Err(unknown()),
    })
}

fn body(options: &str) -> Option<Piece> {
    let (mut most, mut joint) = (usize::MAX, "\n");
    for option in options.split(':').filter(|option| !option.is_empty()) {
        match option {
            "blank" => joint = "\n\n",
            "line" => joint = " ",
            _ => most = option.parse().ok()?,
        }
    }
    Some(Piece::Body { most, joint })
}
