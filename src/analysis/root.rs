//! A root without a dictionary, by the patterns of words.
//!
//! The rules of the *ISRI* stemmer (Taghva, Elkhoury and Coombs 2005): affixes
//! of three and two letters go, then patterns such as مفعول and افتعال are
//! matched by length until three letters remain or nothing fits. Roots are
//! poor keys alone and good ones beside others.

/// Finds the root of a letters key (in which ة is already ه).
///
/// ```
/// use kashshaf::analysis::root::root;
/// assert_eq!(root("مكتوب"), "كتب");
/// assert_eq!(root("والمكتبه"), "كتب");
/// ```
#[must_use]
pub fn root(key: &str) -> String {
    let mut word = Word(key.chars().collect());
    let _ =
        word.strip_prefix(6, &["كال", "بال", "ولل", "وال"]) || word.strip_prefix(5, &["ال", "لل"]);
    let _ = word.strip_suffix(6, &["تمل", "همل", "تان", "تين", "كمل"])
        || word.strip_suffix(
            5,
            &[
                "ون", "ات", "ان", "ين", "تن", "كم", "هن", "نا", "يا", "ها", "تم", "كن", "ني", "وا",
                "ما", "هم",
            ],
        );
    let _ = word.0.starts_with(&['و', 'و']) && word.strip_prefix(4, &["و"]);
    match word.0.len() {
        4 => word.of_four(),
        5 => {
            word.of_five();
            word.after_five();
        }
        6 => {
            word.of_six();
            word.after_six();
        }
        7 => {
            word.one_suffix();
            if word.0.len() == 7 {
                word.one_prefix();
            }
            if word.0.len() == 6 {
                word.of_six();
                word.after_six();
            }
        }
        _ => {}
    }
    word.0.into_iter().collect()
}

struct Word(Vec<char>);

impl Word {
    fn at(&self, place: usize) -> char {
        self.0.get(place).copied().unwrap_or('\0')
    }

    /// Whether the letter at a place is one of these.
    fn is(&self, place: usize, letters: &str) -> bool {
        letters.contains(self.at(place))
    }

    fn keep(&mut self, places: &[usize]) {
        self.0 = places.iter().map(|&place| self.at(place)).collect();
    }

    fn strip_prefix(&mut self, least: usize, prefixes: &[&str]) -> bool {
        let word: String = self.0.iter().collect();
        let rest = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix));
        let Some(rest) = rest.filter(|_| self.0.len() >= least) else {
            return false;
        };
        self.0 = rest.chars().collect();
        true
    }

    fn strip_suffix(&mut self, least: usize, suffixes: &[&str]) -> bool {
        let word: String = self.0.iter().collect();
        let rest = suffixes.iter().find_map(|suffix| word.strip_suffix(suffix));
        let Some(rest) = rest.filter(|_| self.0.len() >= least) else {
            return false;
        };
        self.0 = rest.chars().collect();
        true
    }

    fn one_suffix(&mut self) {
        if self.0.last().is_some_and(|&last| "هيكتان".contains(last)) {
            self.0.pop();
        }
    }

    fn one_prefix(&mut self) {
        if self.is(0, "لبفسويتنا") {
            self.0.remove(0);
        }
    }

    /// Patterns of four letters with one that is not of the root.
    fn of_four(&mut self) {
        if self.is(0, "م") {
            self.keep(&[1, 2, 3]); // مفعل
        } else if self.is(1, "ا") {
            self.keep(&[0, 2, 3]); // فاعل
        } else if self.is(2, "اوي") {
            self.keep(&[0, 1, 3]); // فعال فعول فعيل
        } else if self.is(3, "ه") {
            self.keep(&[0, 1, 2]); // فعلة
        } else {
            self.one_suffix();
            if self.0.len() == 4 {
                self.one_prefix();
            }
        }
    }

    /// Patterns of five letters with two that are not of the root.
    fn of_five(&mut self) {
        let patterns: &[(bool, [usize; 3])] = &[
            (self.is(2, "ات") && self.is(0, "ا"), [1, 3, 4]), // افتعل افاعل
            (self.is(3, "ايو") && self.is(0, "م"), [1, 2, 4]), // مفعول مفعال مفعيل
            (self.is(0, "اتم") && self.is(4, "ه"), [1, 2, 3]), // مفعلة تفعلة افعلة
            (self.is(0, "ميت") && self.is(2, "ت"), [1, 3, 4]), // مفتعل يفتعل تفتعل
            (self.is(0, "مت") && self.is(2, "ا"), [1, 3, 4]), // مفاعل تفاعل
            (self.is(2, "او") && self.is(4, "ه"), [0, 1, 3]), // فعولة فعالة
            (self.is(0, "ام") && self.is(1, "ن"), [2, 3, 4]), // انفعل منفعل
            (self.is(3, "ا") && self.is(0, "ا"), [1, 2, 4]),  // افعال
            (self.is(4, "ن") && self.is(3, "ا"), [0, 1, 2]),  // فعلان
            (self.is(3, "ي") && self.is(0, "ت"), [1, 2, 4]),  // تفعيل
            (self.is(3, "و") && self.is(1, "ا"), [0, 2, 4]),  // فاعول
            (self.is(2, "ا") && self.is(1, "و"), [0, 3, 4]),  // فواعل
            (self.is(3, "ئ") && self.is(2, "ا"), [0, 1, 4]),  // فعائل
            (self.is(4, "ه") && self.is(1, "ا"), [0, 2, 3]),  // فاعلة
            (self.is(4, "ي") && self.is(2, "ا"), [0, 1, 3]),  // فعالي
        ];
        if let Some(&(_, places)) = patterns.iter().find(|(fits, _)| *fits) {
            self.keep(&places);
            return;
        }
        self.one_suffix();
        if self.0.len() == 5 {
            self.one_prefix();
        }
    }

    fn after_five(&mut self) {
        match self.0.len() {
            4 => self.of_four(),
            5 if self.is(0, "اتم") => self.keep(&[1, 2, 3, 4]),
            5 if self.is(4, "ه") => self.keep(&[0, 1, 2, 3]),
            5 if self.is(2, "ا") => self.keep(&[0, 1, 3, 4]),
            _ => {}
        }
    }

    /// Patterns of six letters.
    fn of_six(&mut self) {
        if self.0.starts_with(&['ا', 'س', 'ت']) || self.0.starts_with(&['م', 'س', 'ت']) {
            self.keep(&[3, 4, 5]); // استفعل مستفعل
        } else if self.is(0, "م") && self.is(3, "ا") && self.is(5, "ه") {
            self.keep(&[1, 2, 4]); // مفعالة
        } else if self.is(0, "ا") && self.is(2, "ت") && self.is(4, "ا") {
            self.keep(&[1, 3, 5]); // افتعال
        } else if self.is(0, "ا") && self.is(3, "و") && self.at(2) == self.at(4) {
            self.keep(&[1, 4, 5]); // افعوعل
        } else if self.is(0, "ت") && self.is(2, "ا") && self.is(4, "ي") {
            self.keep(&[1, 3, 5]); // تفاعيل
        } else {
            self.one_suffix();
            if self.0.len() == 6 {
                self.one_prefix();
            }
        }
    }

    fn after_six(&mut self) {
        match self.0.len() {
            5 => {
                self.of_five();
                self.after_five();
            }
            6 if self.is(0, "ا") && self.is(4, "ا") => self.keep(&[1, 2, 3, 5]),
            6 if self.0.starts_with(&['م', 'ت']) => self.keep(&[2, 3, 4, 5]),
            _ => {}
        }
    }
}
