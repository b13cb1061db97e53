//! The patterns of broken plurals that tell their singulars, and back.

/// The singulars that a word may be a broken plural of, by its letters.
pub(super) fn singulars(base: &str, take: &mut dyn FnMut(String)) {
    let mut c = ['\0'; 6];
    let mut count = 0;
    for letter in base.chars() {
        let Some(place) = c.get_mut(count) else {
            return;
        };
        *place = letter;
        count += 1;
    }
    let mut make = |letters: &[char]| take(letters.iter().collect());
    match (count, c) {
        // فواعيل, فعاليل
        (6, [a, 'و', 'ا', b, 'ي', d]) => {
            make(&[a, 'ا', b, 'و', d]);
            make(&[a, 'و', b, 'و', d]);
            make(&[a, 'و', b, 'ا', d]);
        }
        (6, [a, b, 'ا', d, 'ي', e]) => {
            for long in ['و', 'ا', 'ي'] {
                make(&[a, b, d, long, e]);
            }
        }
        // أفعلاء
        (6, ['ا', a, b, d, 'ا', 'ء']) => make(&[a, b, 'ي', d]),
        // فواعل
        (5, [a, 'و', 'ا', b, d, ..]) => {
            if d != 'ي' {
                make(&[a, 'ا', b, d]);
                make(&[a, 'و', b, d]);
            }
            make(&[a, 'ا', b, d, 'ه']);
            make(&[a, 'و', b, d, 'ه']);
        }
        // فعائل
        (5, [a, b, 'ا', 'ئ', d, ..]) if d != 'ه' => {
            for long in ['ي', 'ا', 'و'] {
                make(&[a, b, long, d, 'ه']);
            }
            make(&[a, b, 'ي', d]);
        }
        // أفعال
        (5, ['ا', a, b, 'ا', d, ..]) => {
            make(&[a, b, d]);
            if b == 'و' {
                make(&[a, 'ا', d]);
            }
        }
        // فعلاء
        (5, [a, b, d, 'ا', 'ء', ..]) => {
            make(&[a, b, 'ي', d]);
            make(&[a, 'ا', b, d]);
        }
        // فعالل; تفاعل is a verbal noun and تفاعلة no plural
        (5, [a, b, 'ا', d, e, ..]) if e != 'ه' && !(a == 'ا' && e == 'ي') => {
            if a != 'ت' {
                make(&[a, b, d, e]);
            }
            make(&[a, b, d, e, 'ه']);
        }
        _ => {}
    }
}

/// The plurals whose patterns [`singulars`] undoes.
pub(super) fn plurals(word: &str, take: &mut dyn FnMut(String)) {
    let mut c = ['\0'; 5];
    let mut count = 0;
    for letter in word.chars() {
        let Some(place) = c.get_mut(count) else {
            return;
        };
        *place = letter;
        count += 1;
    }
    let mut make = |letters: &[char]| take(letters.iter().collect());
    let is_long = |c: char| matches!(c, 'و' | 'ا' | 'ي');
    match (count, c) {
        (3, [a, 'ا', d, ..]) => make(&['ا', a, 'و', 'ا', d]),
        (3, [a, b, d, ..]) => make(&['ا', a, b, 'ا', d]),
        (4, [a, b, d, e, _]) => {
            make(&[a, b, 'ا', d, e]);
            if b == 'ا' {
                make(&[a, 'و', 'ا', d, e]);
                make(&[a, d, e, 'ا', 'ء']);
            }
            if d == 'ي' {
                make(&[a, b, e, 'ا', 'ء']);
                make(&['ا', a, b, e, 'ا', 'ء']);
                make(&[a, b, 'ا', 'ئ', e]);
            }
        }
        (5, [a, b, d, e, f]) => {
            if f == 'ه' {
                make(&[a, b, 'ا', d, e]);
                if b == 'ا' {
                    make(&[a, 'و', 'ا', d, e]);
                }
                if is_long(d) {
                    make(&[a, b, 'ا', 'ئ', e]);
                }
            }
            if is_long(e) {
                make(&[a, b, 'ا', d, 'ي', f]);
            }
            if b == 'ا' && e == 'و' {
                make(&[a, 'و', 'ا', d, 'ي', f]);
            }
        }
        _ => {}
    }
}
