//! `kashshaf network`: who is mentioned with whom, as a GraphML or GEXF file.

use crate::arguments::{Options, Usage, options};
use crate::input::{Import, added, complain, sources, write_ledger};
use crate::tag::MODEL;
use crate::{Failure, Outcome};
use kashshaf::api::{Explorer, NetworkRequest};
use kashshaf::index::Index;
use kashshaf::parse::ledger::{Ledger, Taken};
use std::ffi::OsString;
use std::io::Write;

/// Options of a network, beside those of reading.
const ALLOWED: [&str; 7] = ["scope", "unit", "focus", "type", "least", "nodes", "form"];

pub(crate) fn network(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let options = options(arguments, &[&ALLOWED[..], &["decisions"]].concat())?;
    if options.corpus.is_empty() {
        return Err(Usage("network: no file given".to_owned()).into());
    }
    let request = request(&options)?;
    let decisions = match options.other("decisions") {
        Some(path) => Some(
            std::fs::read_to_string(path)
                .map_err(|error| Usage(format!("--decisions: {path} cannot be read: {error}")))?,
        ),
        None => None,
    };
    let (sources, failed) = sources(&options.corpus);
    let (mut import, mut ledger) = (Import::new(&options), Ledger::default());
    let mut index = Index::default();
    for source in &sources {
        import.read(source, &mut ledger, |record, _, ledger| {
            let key = record.key;
            let page = record.into_page(&options.rules);
            let taken = added(&page);
            let taken = match index.add(page, false) {
                Ok(_) => taken,
                Err(id) => {
                    let page = index.page(id).map(|page| page.page.id());
                    Taken::SameBytes {
                        page: page.unwrap_or_default(),
                    }
                }
            };
            ledger.take(key, &taken);
            Ok::<(), Failure>(())
        })?;
    }
    write_ledger(&options, &ledger)?;
    let mut explorer = Explorer::of_index(index);
    if let Err(error) = explorer.load_model(MODEL) {
        complain(
            "built-in model",
            &format!("{error}; lists and cues alone are used"),
        );
    }
    let usage = |error: kashshaf::api::Error| Usage(format!("{}: {error}", error.code()));
    if let Some(text) = decisions {
        explorer.load_decisions(&text).map_err(usage)?;
    }
    let text = explorer.network_file(&request).map_err(usage)?;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(if failed || import.failed {
        Outcome::SomeInputFailed
    } else {
        Outcome::Done
    })
}

fn request(options: &Options) -> Result<NetworkRequest, Usage> {
    let text = |name: &str| options.other(name).map(ToOwned::to_owned);
    let number = |name: &str, default: f64| match options.other(name) {
        Some(value) => value.parse::<u32>().map(f64::from).map_err(|_| {
            Usage(format!(
                "--{name}: found «{value}»; allowed: a whole number"
            ))
        }),
        None => Ok(default),
    };
    Ok(NetworkRequest {
        scope: options.scope.clone(),
        unit: text("unit"),
        focus: text("focus"),
        kind: text("type"),
        least: Some(number("least", 1.0)?),
        limit: Some(number("nodes", 1_000.0)?),
        form: text("form"),
    })
}
