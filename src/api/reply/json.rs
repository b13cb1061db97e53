//! JSON text of replies: what `serde_json` writes of them, in less code and less time.
//!
//! A reply is structures, lists, pairs, texts, numbers, and what may be missing; anything else is refused. Behind every
//! member stands a comma, which the end of the structure or list takes the place of.

use crate::text::growing::Growing;
use serde::ser::{
    Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use std::fmt::{Display, Error};

/// JSON text of a reply or a part of one.
pub(crate) fn json_text(reply: &impl Serialize) -> Result<String, Error> {
    let mut json = Json::default();
    reply.serialize(&mut json)?;
    Ok(json.text.text().to_owned())
}

type Written = Result<(), Error>;

/// JSON text that is being written.
#[derive(Default)]
struct Json {
    text: Growing,
}

impl Json {
    #[inline(never)] // called for every piece but texts
    fn put(&mut self, piece: &[u8]) {
        self.text.append(piece);
    }

    #[inline(never)]
    fn key(&mut self, key: &str) {
        self.text.append(b"\"");
        self.text.append(key.as_bytes());
        self.text.append(b"\":");
    }

    #[inline(never)]
    fn quoted(&mut self, text: &[u8]) {
        self.text.append(b"\"");
        let mut rest = text;
        loop {
            let (plain, behind) = rest.split_at(plain_bytes(rest));
            self.text.append(plain);
            let Some((&byte, behind)) = behind.split_first() else {
                break;
            };
            self.escaped(byte);
            rest = behind;
        }
        self.text.append(b"\"");
    }

    #[cold]
    fn escaped(&mut self, byte: u8) {
        let letter = match byte {
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0C => b'f',
            b'\r' => b'r',
            0..0x20 => {
                let digit = b"0123456789abcdef".get(usize::from(byte & 0xF));
                self.put(if byte < 0x10 { b"\\u000" } else { b"\\u001" });
                return self.put(digit.map_or(&[], std::slice::from_ref));
            }
            other => other,
        };
        self.put(&[b'\\', letter]);
    }

    #[inline(never)]
    fn whole(&mut self, mut number: u64) {
        let mut digits = [0; 20];
        let mut first = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
            first -= 1;
            if number == 0 {
                break;
            }
        }
        self.put(digits.get(first..).unwrap_or_default());
    }

    /// Puts the end of a structure or list in the place of the comma behind its last member.
    #[inline(never)]
    fn close(&mut self, end: u8) {
        self.text.take_back(b',');
        self.put(&[end]);
    }
}

/// How many bytes at the start of a text are written as they are.
fn plain_bytes(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    let is_plain = |eight: &&[u8; 8]| {
        let eight = u64::from_le_bytes(**eight);
        // The high bit of a byte that is lower than another; bytes above are not told rightly where there is one.
        let below = |bytes: u64, least: u64| bytes.wrapping_sub(ONES * least) & !bytes;
        let is = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
        (below(eight, 0x20) | is(b'"') | is(b'\\')) & ONES << 7 == 0
    };
    let is_plain_byte = |&&byte: &&u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    let (eights, _) = text.as_chunks();
    let plain = 8 * eights.iter().take_while(is_plain).count();
    let rest = text.get(plain..).unwrap_or_default().iter();
    plain + rest.take_while(is_plain_byte).count()
}

/// The members of a structure, a list or a tuple.
struct Members<'j> {
    json: &'j mut Json,
    end: u8,
}

impl<'j> Members<'j> {
    fn of(json: &'j mut Json, start: u8, end: u8) -> Result<Self, Error> {
        json.put(&[start]);
        Ok(Self { json, end })
    }

    fn add(&mut self, member: &(impl Serialize + ?Sized)) -> Written {
        member.serialize(&mut *self.json)?;
        self.json.put(b",");
        Ok(())
    }

    fn close(self) -> Written {
        self.json.close(self.end);
        Ok(())
    }
}

impl SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, member: &T) -> Written {
        self.add(member)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeTuple for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, member: &T) -> Written {
        self.add(member)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

    #[inline(never)] // one for each type of a field, and not for each field
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, member: &T) -> Written {
        self.json.key(key);
        self.add(member)
    }

    fn end(self) -> Written {
        self.close()
    }
}

/// Methods for what no reply has.
macro_rules! refuse {
    ($($method:ident($($given:ty),*) -> $returned:ty;)*) => {
        $(fn $method(self, $(_: $given),*) -> Result<$returned, Error> { Err(Error) })*
    };
}

type Refused = Impossible<(), Error>;

impl<'j> Serializer for &'j mut Json {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'j>;
    type SerializeTuple = Members<'j>;
    type SerializeStruct = Members<'j>;
    type SerializeTupleStruct = Refused;
    type SerializeTupleVariant = Refused;
    type SerializeMap = Refused;
    type SerializeStructVariant = Refused;

    fn serialize_bool(self, value: bool) -> Written {
        self.put(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_u32(self, number: u32) -> Written {
        self.serialize_u64(u64::from(number))
    }

    fn serialize_u64(self, number: u64) -> Written {
        self.whole(number);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Written {
        serde_json::to_writer(&mut self.text, &number).map_err(|_| Error)
    }

    fn serialize_f64(self, number: f64) -> Written {
        serde_json::to_writer(&mut self.text, &number).map_err(|_| Error)
    }

    fn serialize_str(self, text: &str) -> Written {
        self.quoted(text.as_bytes());
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.put(b"null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'j>, Error> {
        Members::of(self, b'[', b']')
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'j>, Error> {
        Members::of(self, b'[', b']')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'j>, Error> {
        Members::of(self, b'{', b'}')
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Written {
        Err(Error)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Written {
        Err(Error)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(Error)
    }

    refuse! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Refused;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Refused;
        serialize_map(Option<usize>) -> Refused;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Refused;
    }
}

/// What a field of a reply may be.
pub(super) trait Member {}

/// Does not compile for anything else.
pub(super) const fn is_member<T: Member>() {}

macro_rules! members {
    ($($type:ty),*) => { $(impl Member for $type {})* };
}

members!(
    bool,
    u32,
    u64,
    usize,
    f32,
    f64,
    String,
    &str,
    crate::api::ErrorData
);

impl<T: Member> Member for Option<T> {}
impl<T: Member> Member for Vec<T> {}
impl<A: Member, B: Member> Member for (A, B) {}
impl<A: Member, B: Member, C: Member> Member for (A, B, C) {}

#[cfg(test)]
mod tests {
    use super::{Error, json_text};
    use proptest::prelude::*;
    use serde::Serialize;

    /// A field of each kind that replies have.
    #[derive(Serialize)]
    struct Whole {
        text: String,
        named: &'static str,
        is_so: bool,
        small: u32,
        size: usize,
        share: f32,
        score: f64,
        missing: Option<u64>,
        there: Option<Part>,
        parts: Vec<Part>,
        pairs: Vec<(String, u64)>,
        three: Vec<(u32, u32, u32)>,
        nothing: Vec<String>,
    }

    #[derive(Clone, Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Part {
        of_it: String,
        rows: Vec<Vec<String>>,
    }

    proptest! {
        #[test]
        fn the_text_is_that_of_the_crate(
            texts in proptest::collection::vec("[ -~]{0,20}|[\\\\\"\u{0}-\u{1F}a\u{7F}ا،]{0,20}|\\PC{0,9}", 5..9),
            number: u64,
            shares in any::<(f32, f64)>(),
        ) {
            let text = |at: usize| texts[at % texts.len()].clone();
            let part = |at| Part { of_it: text(at), rows: vec![vec![], texts.clone()] };
            let small = number as u32 % 1000;
            let whole = Whole {
                text: text(0),
                named: "أ\n",
                is_so: small < 300,
                small,
                size: number as usize,
                share: shares.0,
                score: shares.1,
                missing: (small < 500).then_some(number),
                there: (small > 500).then(|| part(1)),
                parts: (0..small as usize % 3).map(part).collect(),
                pairs: vec![(text(2), number >> 32), (text(3), number)],
                three: vec![(0, 10, small)],
                nothing: Vec::new(),
            };
            prop_assert_eq!(json_text(&whole).expect("of known kinds"), serde_json::to_string(&whole).expect("plain data"));
        }
    }

    #[test]
    fn what_no_reply_has_is_refused() {
        assert_eq!(json_text(&-1), Err(Error));
        assert_eq!(json_text(&'a'), Err(Error));
        assert_eq!(
            json_text(&std::collections::BTreeMap::from([(1, 2)])),
            Err(Error)
        );
    }
}
