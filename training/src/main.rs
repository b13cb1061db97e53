//! Trains and measures the recogniser of names: see README.md beside this folder.

mod conll;
mod crf;
mod encode;
mod genre;
mod mean;
mod model;
mod owlqn;
mod pack;
mod resources;
mod score;
mod second;

use anyhow::{Context, Result, bail};
use conll::Sentence;
use kashshaf::entities::tagger::{Model, Parts, tokens, write};
use model::Group;
use score::Score;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const HELP: &str = "\
kashshaf-training train --data DIR --resources DIR --out FILE
    trains on all marked text of DIR (anercorp_train, aqmar_train and aqmar_dev.conll), writes the
    model and, beside it, provenance.tsv with the SHA-256 of everything that went in and came out
kashshaf-training hold-out --data DIR --resources DIR
    trains without the last fifth of anercorp_train and without aqmar_dev, prints figures for both
kashshaf-training cross-validate --data DIR --resources DIR
    cuts ANERcorp's training part, and AQMAR's training and development articles, into four parts each;
    tags each part by a model that is trained on the others, prints figures for both
kashshaf-training known-articles --data DIR --resources DIR
    the same in eight parts, of which each has every eighth sentence of AQMAR: the others of its articles are known,
    as in AQMAR's development part
kashshaf-training evaluate --model FILE CONLL…
    precision, recall and F1 of whole names, for each type and all together";

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let (mut options, mut files) = (std::collections::BTreeMap::new(), Vec::new());
    while let Some(word) = words.next() {
        match word.strip_prefix("--") {
            Some(name) => {
                let value = words
                    .next()
                    .with_context(|| format!("--{name} takes a path"))?;
                options.insert(name.to_owned(), PathBuf::from(value));
            }
            None => files.push(PathBuf::from(word)),
        }
    }
    let option = |name: &str| {
        options
            .get(name)
            .with_context(|| format!("--{name} is missing\n{HELP}"))
    };
    match command.as_str() {
        "train" => train(option("data")?, option("resources")?, option("out")?),
        "hold-out" => hold_out(option("data")?, option("resources")?),
        "cross-validate" => cross_validate(option("data")?, option("resources")?, Cut::Stretches),
        "known-articles" => cross_validate(option("data")?, option("resources")?, Cut::Sentences),
        "evaluate" => {
            let path = option("model")?;
            let bytes =
                std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
            let model = Model::read(&bytes)?;
            for file in &files {
                println!("{}", file.display());
                print(&model, &conll::read(file)?);
            }
            Ok(())
        }
        _ => bail!("{HELP}"),
    }
}

/// The marked text that the model is trained on.
const MARKED: [&str; 3] = [
    "anercorp_train.conll",
    "aqmar_train.conll",
    "aqmar_dev.conll",
];

fn train(data: &Path, resources: &Path, out: &Path) -> Result<()> {
    let [aner, mut aqmar, dev] = read(data)?;
    aqmar.extend(dev);
    let lexicon = resources::read(resources)?;
    let bytes = write(&model::train(&groups(aner, aqmar), &lexicon));
    std::fs::write(out, &bytes).with_context(|| format!("writing {}", out.display()))?;
    let mut lines = String::new();
    let inputs = MARKED.iter().map(|name| data.join(name));
    let lists = resources::LISTS.map(|name| resources.join(name));
    for path in inputs.chain(lists).chain([out.to_path_buf()]) {
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        lines += &line(&path, &bytes);
    }
    lines += &std::fs::read_to_string(resources.join("sources.tsv"))?;
    std::fs::write(out.with_file_name("provenance.tsv"), lines)?;
    println!("{} bytes", bytes.len());
    Ok(())
}

fn line(path: &Path, bytes: &[u8]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digest: String = Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{name}\t{digest}\n")
}

fn read(data: &Path) -> Result<[Vec<Sentence>; 3]> {
    let [aner, aqmar, dev] = MARKED.map(|name| conll::read(&data.join(name)));
    Ok([aner?, aqmar?, dev?])
}

/// ANERcorp and AQMAR as the trainer takes them.
fn groups(news: Vec<Sentence>, encyclopaedia: Vec<Sentence>) -> [Group; 2] {
    [(news, false), (encyclopaedia, true)].map(|(sentences, encyclopaedic)| Group {
        sentences,
        encyclopaedic,
    })
}

fn hold_out(data: &Path, resources: &Path) -> Result<()> {
    let [mut aner, aqmar, dev] = read(data)?;
    let tokens: usize = aner.iter().map(|s| s.words.len()).sum();
    let (mut seen, mut cut) = (0, 0);
    while seen * 5 < tokens * 4 {
        seen += aner[cut].words.len();
        cut += 1;
    }
    let held = aner.split_off(cut);
    let lexicon = resources::read(resources)?;
    let parts: Parts = model::train(&groups(aner, aqmar), &lexicon);
    let bytes = write(&parts);
    if let Some(path) = std::env::var_os("KEEP") {
        std::fs::write(path, &bytes)?;
    }
    println!("model of {} bytes", bytes.len());
    let model = Model::read(&bytes)?;
    println!("last fifth of anercorp_train");
    print(&model, &held);
    println!("aqmar_dev");
    print(&model, &dev);
    Ok(())
}

/// How AQMAR is cut into parts to be tagged by models that have not seen them; ANERcorp into as many stretches.
#[derive(Clone, Copy, PartialEq)]
enum Cut {
    /// Into four stretches: nearly no article of a part is known.
    Stretches,
    /// Into eight, sentence by sentence in turn.
    Sentences,
}

fn cross_validate(data: &Path, resources: &Path, cut: Cut) -> Result<()> {
    let [aner, mut aqmar, dev] = read(data)?;
    aqmar.extend(dev);
    let texts = [(aner, Cut::Stretches), (aqmar, cut)];
    let lexicon = resources::read(resources)?;
    let mut scores = [Score::default(); 2];
    let parts = if cut == Cut::Stretches { 4 } else { 8 };
    for part in 0..parts {
        eprintln!("part {} of {parts}", part + 1);
        let split = |(group, cut): &(Vec<Sentence>, Cut), held: bool| -> Vec<Sentence> {
            let is_held = |i: usize| match cut {
                Cut::Stretches => i * parts / group.len() == part,
                Cut::Sentences => i % parts == part,
            };
            let sentences = group.iter().enumerate();
            let chosen = sentences.filter(|(i, _)| is_held(*i) == held);
            chosen.map(|(_, sentence)| sentence.clone()).collect()
        };
        let [aner, aqmar] = texts.each_ref().map(|text| split(text, false));
        let model = Model::read(&write(&model::train(&groups(aner, aqmar), &lexicon)))?;
        for (text, score) in texts.iter().zip(&mut scores) {
            add(score, &model, &split(text, true));
        }
    }
    for (name, score) in ["anercorp_train", "aqmar_train and aqmar_dev"]
        .iter()
        .zip(&scores)
    {
        print!("{name}\n{}", score.table());
    }
    Ok(())
}

/// Prints the figures of a model on marked sentences.
fn print(model: &Model, sentences: &[Sentence]) {
    let mut score = Score::default();
    add(&mut score, model, sentences);
    print!("{}", score.table());
}

/// Adds what a model finds in marked sentences, which vote together.
fn add(score: &mut Score, model: &Model, sentences: &[Sentence]) {
    let words: Vec<Vec<&str>> = sentences
        .iter()
        .map(|s| s.words.iter().map(String::as_str).collect())
        .collect();
    for (sentence, found) in sentences.iter().zip(tokens::tag(model, &words)) {
        score.add(&sentence.labels, &found);
        if std::env::var_os("SHOW_ERRORS").is_some() && found != sentence.labels {
            let shown: Vec<String> = sentence
                .words
                .iter()
                .zip(sentence.labels.iter().zip(&found))
                .map(|(word, (gold, found))| match (gold == found, gold.name()) {
                    (true, "O") => word.clone(),
                    (true, name) => format!("{word}/{name}"),
                    (false, name) => format!("**{word}/{name}/{}**", found.name()),
                })
                .collect();
            println!("{}", shown.join(" "));
        }
    }
}
