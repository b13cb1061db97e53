//! Further spellings of the words of a query: names in Latin letters, and aliases.

use crate::analysis::fold::letters_key;
use crate::api::{Error, Explorer};
use crate::entities::{EntityId, EntityLayer};
use crate::search::form_names::FormNames;
use crate::search::{Query, Via};
use rustc_hash::FxHashMap;

impl Explorer {
    /// Reads the words of a query in further spellings too.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for anything but `names` and `aliases`; [`Error::InParts`] where parts bring no names.
    pub(in crate::api) fn read_also(
        &mut self,
        query: &mut Query,
        also: Option<&[String]>,
    ) -> Result<(), Error> {
        for kind in also.unwrap_or_default() {
            match kind.as_str() {
                "names" => self.read_names(query),
                "aliases" => {
                    // Parts bring them together with all that was found.
                    if self.index.is_in_parts() {
                        self.take_layers()?;
                    }
                    self.read_aliases(query);
                }
                _ => {
                    return Err(Error::BadRequest {
                        field: "also".to_owned(),
                        found: kind.clone(),
                        allowed: "names, aliases".to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    fn read_names(&mut self, query: &mut Query) {
        if !query.has_latin() || self.index.is_in_parts() {
            return;
        }
        let names = self.fresh_form_names();
        query.also_names(&names, self.index.lexicon());
        self.form_names = Some(names);
    }

    /// The names of the corpus, to be put back.
    pub(in crate::api) fn fresh_form_names(&mut self) -> FormNames {
        self.fresh_index();
        let lexicon = self.index.lexicon();
        let known = self.form_names.take();
        let known = known.filter(|names| !names.is_stale(lexicon));
        known.unwrap_or_else(|| FormNames::new(lexicon))
    }

    /// Where entities have been looked for.
    fn read_aliases(&mut self, query: &mut Query) {
        self.link_found();
        let Some(layer) = self.linked_entities() else {
            return;
        };
        let asked = query.required().flat_map(|clause| &clause.words);
        let asked: Vec<String> = asked.map(|word| letters_key(&word.text)).collect();
        let (whole, words) = aliases(layer, &asked);
        let spellings = |of: &FxHashMap<String, Vec<String>>, text: &str| -> Vec<String> {
            of.get(&letters_key(text)).cloned().unwrap_or_default()
        };
        query.also_words(Via::Alias, &mut |word| spellings(&words, word));
        query.also_clauses(Via::Alias, &mut |text| spellings(&whole, text));
    }
}

/// Spellings by letters key.
type Spellings = FxHashMap<String, Vec<String>>;

/// The other spellings of names that hold a word asked for: of whole names, and of
/// the words in which two spellings of as many words differ, where they differ in
/// one alone.
fn aliases(layer: &EntityLayer, asked: &[String]) -> (Spellings, Spellings) {
    let (mut whole, mut words) = (Spellings::default(), Spellings::default());
    let put = |to: &mut Spellings, key: &str, name: &str| {
        let known = to.entry(key.to_owned()).or_default();
        if !known.iter().any(|other| other == name) {
            known.push(name.to_owned());
        }
    };
    let count = u32::try_from(layer.entities().len()).unwrap_or(u32::MAX);
    for entity in (0..count).map(EntityId) {
        let spelled = layer.spelled(entity);
        if spelled.len() < 2 {
            continue;
        }
        let keys: Vec<String> = spelled.iter().map(|s| letters_key(&s.name)).collect();
        for (own, key) in spelled.iter().zip(&keys) {
            if !key
                .split(' ')
                .any(|word| asked.iter().any(|asked| asked == word))
            {
                continue;
            }
            let others = spelled.iter().zip(&keys).filter(|(_, other)| *other != key);
            for (other, other_key) in others {
                put(&mut whole, key, &other.name);
                let (a, b) = (own.name.split(' '), other.name.split(' '));
                if a.clone().count() != b.clone().count() {
                    continue;
                }
                let keys = key.split(' ').zip(other_key.split(' '));
                let mut differing = keys.zip(b).filter(|((own, other), _)| own != other);
                if let (Some(((own, _), written)), None) = (differing.next(), differing.next()) {
                    put(&mut words, own, written);
                }
            }
        }
    }
    (whole, words)
}
