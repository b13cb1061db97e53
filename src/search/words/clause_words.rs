//! Which clauses of a query a form is a word of.

use crate::index::FormId;
use crate::search::words::form_set::FormSet;

/// The forms that the words of some clauses stand for.
pub(in crate::search) struct ClauseWords<'f> {
    /// All of them: most forms of a text are ruled out by one look.
    any: FormSet,
    /// Numbers of clauses, ascending, each with its forms by number.
    clauses: Vec<(usize, &'f [FormId])>,
}

impl<'f> ClauseWords<'f> {
    /// `lexicon`: number of all forms.
    pub(in crate::search) fn new(clauses: Vec<(usize, &'f [FormId])>, lexicon: usize) -> Self {
        let mut any = FormSet::new(&[], lexicon);
        clauses.iter().for_each(|(_, forms)| any.extend(forms));
        Self { any, clauses }
    }

    pub(in crate::search) fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The clauses that a form is a word of, by number.
    #[inline]
    pub(in crate::search) fn of(&self, form: FormId) -> impl Iterator<Item = usize> {
        let are_some = self.any.contains(form);
        let clauses = self.clauses.iter().take_while(move |_| are_some);
        let is_only = self.clauses.len() == 1;
        let holding =
            clauses.filter(move |(_, forms)| is_only || forms.binary_search(&form).is_ok());
        holding.map(|&(number, _)| number)
    }
}
