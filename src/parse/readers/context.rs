//! What all the sources of one file share: settings, limits, what is ready.

use super::{Inspected, Limits, SourceFile};
use crate::parse::record::{ImportEvent, Problem};

/// Settings, limits and ready events of the file being read.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) limits: Limits,
    pub(super) file: SourceFile,
    /// Events that are ready.
    pub(super) ready: Vec<ImportEvent>,
    /// The member that is only looked at, and what it holds.
    pub(super) peek: Option<u32>,
    pub(super) peeked: Option<Inspected>,
    /// Members met so far.
    pub(super) members: u32,
    /// Bytes of the file that were read; reading some twice counts once.
    pub(super) packed: u64,
    unpacked: u64,
    /// Why no further member is read.
    stopped: Option<Problem>,
}

impl Context {
    pub(super) fn new(limits: Limits, file: SourceFile) -> Self {
        Self {
            limits,
            file,
            ready: Vec::new(),
            peek: None,
            peeked: None,
            members: 0,
            packed: 0,
            unpacked: 0,
            stopped: None,
        }
    }

    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// When the file grows beyond its limits; no further member is read then.
    pub(super) fn unpack(&mut self, bytes: usize) -> Result<(), Problem> {
        self.unpacked = self.unpacked.saturating_add(bytes as u64);
        if let Some(problem) = &self.stopped {
            return Err(problem.clone());
        }
        let limits = &self.limits;
        let packed = self.packed.min(self.file.size).max(1);
        let message = if self.unpacked > limits.unpacked_bytes {
            format!(
                "the file unpacks to more than {} bytes",
                limits.unpacked_bytes
            )
        } else if self.unpacked > limits.expansion_free
            && self.unpacked / packed > limits.expansion_ratio
        {
            format!(
                "{packed} bytes of the file unpack to {}; at most {} for each are allowed, so that no \
                 hostile archive fills the memory",
                self.unpacked, limits.expansion_ratio
            )
        } else {
            return Ok(());
        };
        let stopped = problem("expansion-limit", message);
        self.stopped = Some(stopped.clone());
        Err(stopped)
    }

    /// Whether a limit ended the reading of the whole file.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// Why a member of that name is not read, if it is not.
    pub(super) fn refuse_member(&mut self, name: &str) -> Option<Problem> {
        if u64::from(self.members) > self.limits.members {
            let message = format!(
                "at most {} members of one file are read; unpack it and add the folder in parts",
                self.limits.members
            );
            self.stopped.get_or_insert(skip("member-limit", message));
        }
        if let Some(problem) = &self.stopped {
            return Some(Problem {
                skipped: true,
                ..problem.clone()
            });
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let is_system = name.starts_with("__MACOSX/")
            || last.starts_with("._")
            || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini");
        is_system.then(|| {
            skip(
                "system-file",
                "a file that systems leave in archives; it holds no text",
            )
        })
    }
}

/// A reason for a failure.
pub(super) fn problem(code: &str, message: impl Into<String>) -> Problem {
    Problem {
        skipped: false,
        code: code.to_owned(),
        message: message.into(),
    }
}

/// A reason for passing something over.
pub(super) fn skip(code: &str, message: impl Into<String>) -> Problem {
    Problem {
        skipped: true,
        ..problem(code, message)
    }
}

/// A member's name as a path that leads nowhere else: no root, no drive, no
/// step up, no control characters, at most 1,024 bytes.
pub(super) fn harmless_path(name: &str) -> String {
    const MOST: usize = 1_024;
    let name = name.replace('\\', "/");
    let mut parts: Vec<String> = Vec::new();
    for part in name.split('/') {
        let is_drive = parts.is_empty() && part.len() == 2 && part.ends_with(':');
        if part.is_empty() || part == "." || part == ".." || is_drive {
            continue;
        }
        let shown = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
        parts.push(part.chars().map(shown).collect());
    }
    let mut path = parts.join("/");
    while path.len() > MOST {
        path.pop();
    }
    if path.is_empty() {
        "?".to_owned()
    } else {
        path
    }
}

#[cfg(test)]
mod tests {
    use super::harmless_path;

    #[test]
    fn names_lead_nowhere_else() {
        let cases = [
            ("../../etc/passwd", "etc/passwd"),
            ("/abs/a.txt", "abs/a.txt"),
            ("C:\\Users\\خبر.txt", "Users/خبر.txt"),
            ("a/./b//c\u{0}.txt", "a/b/c\u{FFFD}.txt"),
            ("..", "?"),
            ("أخبار/اليوم..txt", "أخبار/اليوم..txt"),
        ];
        for (name, path) in cases {
            assert_eq!(harmless_path(name), path);
        }
        assert!(harmless_path(&"خ/".repeat(4_000)).len() <= 1_024);
    }
}
