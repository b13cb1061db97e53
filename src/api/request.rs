//! Requests: one typed object each. Every field but the subject has a default.

/// A request: a flat object of fields.
pub trait Request: Default {
    /// Names of its fields, as JavaScript writes them.
    const KEYS: &'static [&'static str];

    /// Where the values of its fields go, in the order of [`Request::KEYS`].
    fn fields(&mut self) -> Vec<Field<'_>>;
}

macro_rules! request {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident / $key:literal : $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }
        impl $crate::api::Request for $name {
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn fields(&mut self) -> Vec<$crate::api::Field<'_>> {
                vec![$((&mut self.$field).into(),)*]
            }
        }
    };
}
#[cfg(feature = "readers")]
pub(super) use request;

mod field;
mod search;
mod values;

pub use field::Field;
pub use search::{ExplainRequest, SearchRequest, SuggestRequest};
pub(super) use values::{
    MOST_ROWS, entity_type, file_number, lens, limit, number, one_of, scope, size, skip,
};

request! {
    /// What to know of a file beside its bytes.
    FileOptions {
        /// File name.
        name / "name": String,
        /// Came with the explorer rather than from the reader; it gets no line in the ledger.
        bundled / "bundled": Option<bool>,
        /// Number of the file in the import; default the next that is free.
        file / "file": Option<f64>,
    }
}

request! {
    /// Asks for lines of the import ledger.
    LedgerRequest {
        /// Only lines of this status.
        status / "status": Option<String>,
        /// Only the lines of this file.
        file / "file": Option<f64>,
        /// Only lines whose path contains this, letters folded.
        filter / "filter": Option<String>,
        /// Order of the lines, default as they came.
        sort / "sort": Option<String>,
        /// Lines in the reply, 1..=1000, default 100.
        limit / "limit": Option<f64>,
        /// Lines to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Closes what is still open of a file that cannot be read on.
    AbandonRequest {
        /// Number of the file in the import.
        file / "file": Option<f64>,
        /// Its name.
        name / "name": String,
        /// Its size in bytes.
        bytes / "bytes": Option<f64>,
        /// Passed over on purpose rather than broken.
        skipped / "skipped": Option<bool>,
        /// Stable kebab-case code of the reason.
        code / "code": String,
        /// English sentence.
        message / "message": String,
    }
}

request! {
    /// Takes pages out of the corpus: those with these ids, and those of a source.
    RemoveRequest {
        /// Ids of pages. One that no page has is passed over.
        ids / "ids": Option<Vec<String>>,
        /// All pages of this file of the ledger, those of its members too.
        file / "file": Option<f64>,
        /// Only those of this member of the file, and of its own members.
        member / "member": Option<f64>,
    }
}

request! {
    /// Asks what the corpus is.
    OverviewRequest {
        /// Where entities are counted.
        scope / "scope": Option<String>,
        /// Pages in the reply, 1..=1000, default 50.
        limit / "limit": Option<f64>,
        /// Pages to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Asks for the text of a page.
    PageRequest {
        /// A page id or an article id.
        id / "id": String,
        /// Highlight this query's hits.
        query / "query": Option<String>,
        /// Letters to be told apart, as in a search.
        apart / "apart": Option<Vec<String>>,
        /// What words are read as too, as in a search.
        also / "also": Option<Vec<String>>,
        /// Default `clitics`.
        lens / "lens": Option<String>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Mark the mentions of entities; default false.
        entities / "entities": Option<bool>,
        /// Start at this byte of the page.
        from_byte / "fromByte": Option<f64>,
    }
}

request! {
    /// Asks for a list of entities.
    EntitiesRequest {
        /// Only this type.
        kind / "type": Option<String>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Only those whose name or a spelling contains this, letters folded.
        filter / "filter": Option<String>,
        /// 1..=1000, default 100.
        limit / "limit": Option<f64>,
        /// Rows to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Asks for one entity.
    EntityRequest {
        /// Its id.
        id / "id": String,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Sentences in the reply, 1..=1000, default 50.
        limit / "limit": Option<f64>,
        /// Sentences to skip, default 0.
        offset / "offset": Option<f64>,
        /// Documents in the reply, 1..=1000; all when it is not said.
        documents / "documents": Option<f64>,
    }
}

request! {
    /// Asks which spellings are one entity, which may be, and what was decided.
    AliasesRequest {
        /// Only this type.
        kind / "type": Option<String>,
        /// Where the entities are counted, default `articles`.
        scope / "scope": Option<String>,
        /// Only those with a spelling that contains this, letters folded.
        filter / "filter": Option<String>,
        /// Offers and groups in the reply, 1..=1000 of each, default 50.
        limit / "limit": Option<f64>,
        /// Offers and groups to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Decides about spellings.
    DecideRequest {
        /// `same`, `apart`, `rename`, `retype`, `undo` or `clear`.
        action / "action": String,
        /// Type of the names.
        kind / "type": Option<String>,
        /// Spellings as they were shown.
        names / "names": Option<Vec<String>>,
        /// The new name or type.
        to / "to": Option<String>,
        /// Undo: number of the decision, from 0; default the last.
        number / "number": Option<f64>,
    }
}

request! {
    /// Asks who is mentioned together with whom.
    NetworkRequest {
        /// Where, default `articles`.
        scope / "scope": Option<String>,
        /// `sentence` (default), `paragraph` or `article`: what two must share.
        unit / "unit": Option<String>,
        /// Only this entity and those it is mentioned with.
        focus / "focus": Option<String>,
        /// Only entities of this type.
        kind / "type": Option<String>,
        /// Only pairs in at least so many documents, default 1.
        least / "least": Option<f64>,
        /// Entities, those in most documents first, 2..=1000, default 40.
        limit / "limit": Option<f64>,
        /// For a file: `graphml` (default) or `gexf`.
        form / "form": Option<String>,
    }
}

request! {
    /// Asks for dates and their timelines.
    DatesRequest {
        /// Only articles that mention this entity, and dates in the sentences that do.
        entity / "entity": Option<String>,
        /// Over a corpus in parts: the dates that texts mention too; default false.
        mentioned / "mentioned": Option<bool>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Only this page or article.
        id / "id": Option<String>,
        /// `auto` (default), `day`, `month` or `year`: what a bucket holds.
        unit / "unit": Option<String>,
        /// Rows: `all` (default), `yes` with a value, `no` without.
        resolved / "resolved": Option<String>,
        /// Rows: only what lies on or after this day, 2023-09-15.
        from / "from": Option<String>,
        /// Rows: only what lies on or before this day.
        to / "to": Option<String>,
        /// Rows in the reply, 1..=1000, default 100.
        limit / "limit": Option<f64>,
        /// Rows to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Asks for quotes.
    QuotesRequest {
        /// Only those of this entity.
        speaker / "speaker": Option<String>,
        /// Only those of others that mention this entity.
        about / "about": Option<String>,
        /// Only those in articles that name this outlet.
        outlet / "outlet": Option<String>,
        /// `all` (default), `speech` (all but scare), or one kind.
        kind / "kind": Option<String>,
        /// Only those that hold this, letters folded.
        filter / "filter": Option<String>,
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Rows in the reply, 1..=1000, default 50.
        limit / "limit": Option<f64>,
        /// Rows to skip, default 0.
        offset / "offset": Option<f64>,
    }
}

request! {
    /// Asks for the same words credited to different speakers.
    ConflictsRequest {
        /// Default `articles`.
        scope / "scope": Option<String>,
        /// Rows in the reply, 1..=1000, default 50.
        limit / "limit": Option<f64>,
        /// Rows to skip, default 0.
        offset / "offset": Option<f64>,
    }
}
