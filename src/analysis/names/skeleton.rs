//! The skeleton: a short key that most spellings of a name share in both scripts.
//!
//! It only finds what is worth comparing; the [channel](super::channel) compares. Letters are read
//! folded, words run together:
//!
//! | left out | because |
//! |---|---|
//! | vowels, w, y, h, ل and l, ا و ي ع ء ه ح | they come and go; so does the article |
//! | a hissing sound or a k after n, a t before one | نغ, نج, ن; تش, ch |
//! | the second of two equal ones | doubled letters |
//!
//! | class | letters |
//! |---|---|
//! | `b` | b p f v, ب ف |
//! | `t` | t d, ت ط ث د ض ذ ظ |
//! | `k` | k g q c j s z x, ك ق ج غ خ س ص ز ش |
//! | `m`, `n`, `r` | themselves |

use crate::text::fold::folded_letters;

/// The skeleton of a name; empty when nothing of it counts.
///
/// ```
/// use kashshaf::analysis::names::skeleton::skeleton;
/// assert_eq!(skeleton("Kim Jong-un"), skeleton("كيم جونغ أون"));
/// assert_eq!(skeleton("Abdel Fattah el-Sisi"), skeleton("عبد الفتاح السيسي"));
/// assert_ne!(skeleton("Kim Jong-un"), skeleton("فلاديمير بوتين"));
/// ```
#[must_use]
pub fn skeleton(name: &str) -> String {
    let mut out = String::new();
    for letter in folded_letters(name).chars() {
        let class = match letter {
            'b' | 'p' | 'f' | 'v' | 'ب' | 'ف' => 'b',
            't' | 'd' | 'ت' | 'ط' | 'ث' | 'د' | 'ض' | 'ذ' | 'ظ' => 't',
            'k' | 'g' | 'q' | 'c' | 'j' | 's' | 'z' | 'x' => 'k',
            'ك' | 'ق' | 'ج' | 'غ' | 'خ' | 'س' | 'ص' | 'ز' | 'ش' => 'k',
            'm' | 'م' => 'm',
            'n' | 'ن' => 'n',
            'r' | 'ر' => 'r',
            _ => continue,
        };
        if class == 'k' && out.ends_with('t') {
            out.pop();
        }
        let silent = class == 'k' && out.ends_with('n');
        if !silent && !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}
