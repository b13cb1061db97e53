//! `kashshaf tag`: tags tokens with the trained recogniser.

use crate::arguments::Usage;
use crate::input::complain;
use crate::{Failure, Outcome};
use kashshaf::entities::tagger::{Model, tokens};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;

/// The model as shipped; its licence stands beside it.
pub(crate) const MODEL: &[u8] = include_bytes!("../../../models/names/kashshaf-names.bin");

/// Reads the model; what is wrong with it is said on standard error.
fn model(arguments: Vec<OsString>) -> Result<Option<Model>, Usage> {
    let mut path = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("model") => path = Some(PathBuf::from(parser.value()?)),
            other => return Err(Usage(format!("{}; allowed: --model", other.unexpected()))),
        }
    }
    let name = path
        .as_ref()
        .map_or("built-in model".into(), |path| path.to_string_lossy());
    let bytes = match &path {
        None => MODEL.into(),
        Some(path) => match std::fs::read(path) {
            Ok(bytes) => std::borrow::Cow::Owned(bytes),
            Err(error) => {
                complain(&name, &format!("cannot be read: {error}"));
                return Ok(None);
            }
        },
    };
    match Model::read(&bytes) {
        Ok(model) => Ok(Some(model)),
        Err(error) => {
            complain(&name, &format!("{}: {error}", error.code()));
            Ok(None)
        }
    }
}

pub(crate) fn tag(arguments: Vec<OsString>) -> Result<Outcome, Failure> {
    let Some(model) = model(arguments)? else {
        return Ok(Outcome::SomeInputFailed);
    };
    let mut input = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut input) {
        complain("standard input", &format!("cannot be read: {error}"));
        return Ok(Outcome::SomeInputFailed);
    }
    let text = String::from_utf8_lossy(&input);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut sentences: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        // Further columns of a CoNLL file are passed over.
        let token = line.split('\t').next().unwrap_or_default().trim();
        match sentences.last_mut() {
            Some(sentence) if !token.is_empty() => sentence.push(token),
            Some(sentence) if sentence.is_empty() => {}
            _ => sentences.push(Vec::new()),
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (tokens, labels) in sentences.iter().zip(tokens::tag(&model, &sentences)) {
        for (token, label) in tokens.iter().zip(labels) {
            writeln!(out, "{token}\t{}", label.name())?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
