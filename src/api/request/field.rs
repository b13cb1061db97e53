//! The few kinds of fields that requests are made of.

/// Where the value of a field goes. Whoever fills the fields of a request does so
/// by these few kinds, in one piece of code for all requests.
#[derive(Debug)]
pub enum Field<'a> {
    /// A text.
    Text(&'a mut String),
    /// A text, if there is one.
    MaybeText(&'a mut Option<String>),
    /// True or false.
    Flag(&'a mut Option<bool>),
    /// A number.
    Number(&'a mut Option<f64>),
    /// A list of texts.
    Texts(&'a mut Vec<String>),
    /// A list of texts, if there is one.
    MaybeTexts(&'a mut Option<Vec<String>>),
    /// Pairs of a name and a number.
    Numbers(&'a mut Option<Vec<(String, f64)>>),
    /// Pairs of a name and a list of texts.
    Lists(&'a mut Option<Vec<(String, Vec<String>)>>),
}

macro_rules! kinds_of_fields {
    ($($kind:ident $type:ty,)*) => {
        $(impl<'a> From<&'a mut $type> for Field<'a> {
            fn from(field: &'a mut $type) -> Self {
                Field::$kind(field)
            }
        })*
    };
}

kinds_of_fields! {
    Text String,
    MaybeText Option<String>,
    Flag Option<bool>,
    Number Option<f64>,
    Texts Vec<String>,
    MaybeTexts Option<Vec<String>>,
    Numbers Option<Vec<(String, f64)>>,
    Lists Option<Vec<(String, Vec<String>)>>,
}
