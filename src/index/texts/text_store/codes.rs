//! The codes of both streams.

use crate::index::FormId;

pub(super) const ONE_BYTE: u32 = 0x80;
pub(super) const TWO_BYTES: u32 = ONE_BYTE + 0x60 * 0x100;
pub(super) const THREE_BYTES: u32 = TWO_BYTES + 0x1F * 0x1_0000;

/// What a code of two bytes, read as a number, is above its form, and what one of three bytes is above that.
const ABOVE_TWO: u32 = 0x80_00 - ONE_BYTE;
const ABOVE_THREE: u32 = 0xE0_00_00 - TWO_BYTES - ABOVE_TWO;

/// The value of a half byte that goes on in a varint.
const GOES_ON: u32 = 15;

/// Writes single spaces and the gap behind them.
#[inline(always)]
pub(super) fn write_gap(out: &mut Vec<u8>, spaces: u32, gap: u32) {
    let (few, code) = (spaces.min(GOES_ON), gap.min(GOES_ON));
    out.push((few << 4 | code) as u8);
    if few == GOES_ON {
        write_varint(out, spaces - GOES_ON);
    }
    if code == GOES_ON {
        write_varint(out, gap - GOES_ON);
    }
}

/// Reads them; none at the end.
#[inline(never)] // most gaps are single spaces, which are only counted
pub(super) fn read_gap(bytes: &mut &[u8]) -> Option<(u32, u32)> {
    let (&code, rest) = bytes.split_first()?;
    *bytes = rest;
    let (mut spaces, mut gap) = (u32::from(code >> 4), u32::from(code & 15));
    if spaces == GOES_ON {
        spaces = spaces.wrapping_add(read_varint(bytes));
    }
    if gap == GOES_ON {
        gap = gap.wrapping_add(read_varint(bytes));
    }
    Some((spaces, gap))
}

/// Most bytes that the number of a form takes.
const MOST_BYTES: usize = 5;

/// Writes the numbers of forms.
#[inline]
pub(super) fn write_forms(out: &mut Vec<u8>, forms: impl ExactSizeIterator<Item = FormId>) {
    let mut at = out.len();
    out.resize(at + MOST_BYTES * forms.len(), 0);
    for FormId(form) in forms {
        let free = out.get_mut(at..).unwrap_or_default();
        if form < THREE_BYTES {
            // All three codes at once: which one it is cannot be foreseen.
            let (two, three) = (u32::from(form >= ONE_BYTE), u32::from(form >= TWO_BYTES));
            let code = (form + two * ABOVE_TWO + three * ABOVE_THREE) << (24 - 8 * (two + three));
            if let Some(free) = free.first_chunk_mut() {
                *free = code.to_be_bytes();
            }
            at += 1 + (two + three) as usize;
        } else if let Some([first, free @ ..]) = free.first_chunk_mut::<MOST_BYTES>() {
            (*first, *free) = (0xFF, (form - THREE_BYTES).to_le_bytes());
            at += MOST_BYTES;
        }
    }
    out.truncate(at);
}

/// Reads it.
#[inline]
pub(super) fn read_form(bytes: &[u8], at: &mut usize) -> u32 {
    let four = bytes.get(*at..).and_then(<[u8]>::first_chunk::<4>);
    let Some(&code) = four.filter(|code| code[0] != 0xFF) else {
        return read_rare_form(bytes, at);
    };
    // All three codes at once: which one it is cannot be foreseen.
    let (two, three) = (u32::from(code[0] >= 0x80), u32::from(code[0] >= 0xE0));
    *at += 1 + (two + three) as usize;
    let number = u32::from_be_bytes(code) >> (24 - 8 * (two + three));
    number - two * ABOVE_TWO - three * ABOVE_THREE
}

/// The same for codes of five bytes, and at the end of a stream.
#[cold]
fn read_rare_form(bytes: &[u8], at: &mut usize) -> u32 {
    let byte = |place: usize| u32::from(bytes.get(place).copied().unwrap_or_default());
    let (start, first) = (*at, byte(*at));
    match first {
        0..0x80 => {
            *at = start + 1;
            first
        }
        0x80..0xE0 => {
            *at = start + 2;
            ONE_BYTE + ((first - 0x80) << 8 | byte(start + 1))
        }
        0xE0..0xFF => {
            *at = start + 3;
            TWO_BYTES + ((first - 0xE0) << 16 | byte(start + 1) << 8 | byte(start + 2))
        }
        _ => {
            *at = start + 5;
            let four = [1, 2, 3, 4].map(|more| byte(start + more) as u8);
            THREE_BYTES.wrapping_add(u32::from_le_bytes(four))
        }
    }
}

fn write_varint(out: &mut Vec<u8>, mut n: u32) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn read_varint(bytes: &mut &[u8]) -> u32 {
    let (mut n, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        n |= u32::from(byte & 0x7F)
            .checked_shl(shift)
            .unwrap_or_default();
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    n
}
