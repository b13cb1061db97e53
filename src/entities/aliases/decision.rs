//! What a reader decides about names, and the small file that holds it.
//!
//! A decision speaks of spellings, letters folded, never of ids: it means the
//! same in another corpus, whatever the order of its pages. Of two that disagree
//! the later counts.

use super::likeness::Compared;
use crate::entities::EntityType;

/// Version of the file.
pub const DECISIONS_VERSION: u32 = 1;
/// The first word of its first line; the version follows.
const FORMAT: &str = "kashshaf-names";
/// Decisions in a file, at most.
const MOST: usize = 20_000;
/// Letters of a name, at most.
const LONGEST: usize = 400;

/// What a decision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// All names are one entity.
    Same,
    /// The first name is another entity than each of the others.
    Apart,
    /// The entity of the first name is shown as `to`.
    Rename,
    /// The names are of the type `to`.
    Retype,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Same, Self::Apart, Self::Rename, Self::Retype];

    /// The action with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Apart => "apart",
            Self::Rename => "rename",
            Self::Retype => "retype",
        }
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it does.
    pub action: Action,
    /// Type of the names.
    pub kind: EntityType,
    /// Spellings as they were shown.
    pub names: Vec<String>,
    /// The new name or type; empty where the action has none.
    pub to: String,
}

/// What is wrong with a decision or a file of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionError {
    /// Line of the file, from 1; 0 where there is no file.
    pub line: usize,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: &'static str,
}

/// All decisions, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    all: Vec<Decision>,
}

impl Decisions {
    /// The decisions, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Decision] {
        &self.all
    }

    /// Adds a decision.
    ///
    /// # Errors
    /// [`DecisionError`] when names are missing, too many or empty, or a type does not exist.
    pub fn add(&mut self, decision: Decision) -> Result<(), DecisionError> {
        check(&decision, 0)?;
        if self.all.len() >= MOST {
            return Err(error(0, &MOST.to_string(), "fewer than 20,000 decisions"));
        }
        self.all.push(decision);
        Ok(())
    }

    /// Takes a decision back, the last one when no number is given; false when there is none.
    pub fn undo(&mut self, number: Option<usize>) -> bool {
        let at = number.unwrap_or(self.all.len().wrapping_sub(1));
        let is = at < self.all.len();
        if is {
            self.all.remove(at);
        }
        is
    }

    /// Takes all back.
    pub fn clear(&mut self) {
        self.all.clear();
    }

    /// The file: a line that says what it is, then one decision a line, cells parted by
    /// tabs: action, type, `to` or nothing, names.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{FORMAT}\t{DECISIONS_VERSION}\n");
        for decision in &self.all {
            for cell in [decision.action.name(), decision.kind.name(), &decision.to] {
                text.push_str(cell);
                text.push('\t');
            }
            text.push_str(&decision.names.join("\t"));
            text.push('\n');
        }
        text
    }

    /// Reads a file; nothing is taken of one with an error. Lines that begin with # say nothing.
    ///
    /// # Errors
    /// [`DecisionError`] for other text, another version, or a decision that cannot be.
    pub fn read(text: &str) -> Result<Self, DecisionError> {
        let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
        let head = lines.next().map_or("", |(line, _)| line);
        if head.trim_end() != format!("{FORMAT}\t{DECISIONS_VERSION}") {
            let found: String = head.chars().take(60).collect();
            return Err(error(
                1,
                &found,
                "a file that begins with kashshaf-names, a tab and 1",
            ));
        }
        let mut read = Self::default();
        for (line, number) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.split('\t');
            let action = cells.next().unwrap_or_default();
            let Some(action) = Action::from_name(action) else {
                return Err(error(number, action, "same, apart, rename, retype"));
            };
            let kind = cells.next().unwrap_or_default();
            let Some(kind) = EntityType::from_name(kind) else {
                return Err(error(number, kind, TYPES));
            };
            let decision = Decision {
                action,
                kind,
                to: cells.next().unwrap_or_default().to_owned(),
                names: cells.map(ToOwned::to_owned).collect(),
            };
            check(&decision, number)?;
            if read.all.len() >= MOST {
                return Err(error(number, "one more", "at most 20,000 decisions"));
            }
            read.all.push(decision);
        }
        Ok(read)
    }
}

const TYPES: &str = "person, place, organisation";

fn error(line: usize, found: &str, allowed: &'static str) -> DecisionError {
    DecisionError {
        line,
        found: found.to_owned(),
        allowed,
    }
}

fn check(decision: &Decision, line: usize) -> Result<(), DecisionError> {
    let is_text =
        |name: &str| name.chars().count() <= LONGEST && !name.contains(['\t', '\n', '\r']);
    let is_name = |name: &str| is_text(name) && !Compared::new(name).key.is_empty();
    let names = &decision.names;
    if let Some(bad) = names.iter().find(|name| !is_name(name)) {
        return Err(error(
            line,
            bad,
            "a name of 1 to 400 characters on one line",
        ));
    }
    let (fits, allowed) = match decision.action {
        Action::Same | Action::Apart => (2..=1_000, "2 to 1,000 names"),
        Action::Retype => (1..=1_000, "1 to 1,000 names"),
        Action::Rename => (1..=1, "one name"),
    };
    if !fits.contains(&names.len()) {
        return Err(error(line, &names.len().to_string(), allowed));
    }
    let (fits, allowed) = match decision.action {
        Action::Rename => (
            is_text(&decision.to) && !decision.to.trim().is_empty(),
            "a name of 1 to 400 characters on one line",
        ),
        Action::Retype => (EntityType::from_name(&decision.to).is_some(), TYPES),
        Action::Same | Action::Apart => (decision.to.is_empty(), "nothing"),
    };
    if fits {
        Ok(())
    } else {
        Err(error(line, &decision.to, allowed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_was_written_and_a_bad_one_is_refused_with_its_line() {
        let mut decisions = Decisions::default();
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        for (action, names, to) in [
            (Action::Same, names(&["ترامب", "ترمب"]), ""),
            (Action::Apart, names(&["كيم", "كيم سونغ"]), ""),
            (Action::Rename, names(&["ترمب"]), "دونالد ترامب"),
            (Action::Retype, names(&["لينكولن"]), "place"),
        ] {
            let kind = EntityType::Person;
            let to = to.to_owned();
            let decision = Decision {
                action,
                kind,
                names,
                to,
            };
            decisions.add(decision).expect("a decision");
        }
        let text = decisions.write();
        assert_eq!(Decisions::read(&text).as_ref(), Ok(&decisions));
        let cases = [
            ("", 1, ""),
            ("kashshaf-names\t2\n", 1, "kashshaf-names\t2"),
            ("kashshaf-names\t1\njoin\tperson\t\tا\tب\n", 2, "join"),
            ("kashshaf-names\t1\n# x\nsame\tship\t\tا\tب\n", 3, "ship"),
            ("kashshaf-names\t1\nsame\tperson\t\tا\n", 2, "1"),
            ("kashshaf-names\t1\nretype\tperson\tship\tا\n", 2, "ship"),
            ("kashshaf-names\t1\nrename\tperson\t \tا\n", 2, " "),
            ("kashshaf-names\t1\nsame\tperson\t\tا\t\n", 2, ""),
        ];
        for (text, line, found) in cases {
            let error = Decisions::read(text).expect_err(text);
            assert_eq!(
                (error.line, error.found.as_str()),
                (line, found),
                "{text:?}"
            );
        }
        assert!(decisions.undo(Some(1)) && !decisions.undo(Some(7)));
        assert_eq!(decisions.all().len(), 3);
    }
}
