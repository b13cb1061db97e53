#!/usr/bin/env python3
"""Makes the generated tables of src/entities/tables/ from the data folder.

    python3 tests/data-tools/build_gazetteer.py DATA_FOLDER

Reads   DATA_FOLDER/names/{cldr_territories_ar,cldr_timezone_cities_ar,countries_umpirsky_ar,wikidata_en_ar}.tsv
Writes  places_generated.tsv (CLDR, umpirsky) and name_tokens.txt (Wikidata, CC0)
        into src/entities/tables/, beside the hand-made tables, which it reads so as not to repeat them.
The same input gives the same bytes.
"""

import collections
import pathlib
import re
import sys
import unicodedata

TABLES = pathlib.Path(__file__).resolve().parents[2] / 'src/entities/tables'
MARKS = re.compile('[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]')
LETTERS = str.maketrans("آأإٱىیکگپچژڤة", "ااااييككبجزفه")
WORD = re.compile('[ء-ي]+')

# Territories of CLDR that are no places of the news, or that the hand-made tables say better.
SKIP_TERRITORIES = {'001', 'EZ', 'EU', 'UN', 'QO', 'XA', 'XB', 'ZZ', '011', '014', '015', '017', '018', '019', '021',
                    '030', '034', '035', '145', '151', '155', '002', '150', '142', '003', '005', '419', 'CG', 'CD'}
# Names of cities that are ordinary Arabic words, other names, or badly transcribed.
SKIP_CITIES = set('أداك جوني سنتر نوم ترك واك استر ماهي سمراء كناري ديلي أورال ترول دافيز بلم ثيل سالطا '
                  'ريجينا كرياس كونكس جوجو كاساي كيروف تاكمان أشوا بالمير جيرسي كريستون كيابا جامبير كوكوس '
                  'برثا نوميا ايرونبي'.split())
KEPT_NAMES = 3900
LEAST_COUNT = 2
ARTICLE_COUNT = 6
ORDINALS = {'الاول', 'الثاني', 'الثالث', 'الرابع', 'الخامس', 'السادس', 'السابع', 'الثامن', 'التاسع', 'العاشر'}


def fold(word):
    return MARKS.sub('', unicodedata.normalize('NFC', word)).translate(LETTERS)


def rows(path):
    lines = path.read_text(encoding='utf-8').splitlines()
    return [line.split('\t') for line in lines if line and not line.startswith('#')]


def own_places():
    ids, names = set(), set()
    for cells in rows(TABLES / 'places.tsv'):
        ids.add(cells[0].lstrip('?'))
        names.update(fold(n) for n in [cells[1], *cells[3].split('|')] if n)
    return ids - {''}, names


def clean(name):
    """Drops what stands in brackets; a name with a dash or a comma is not one that news writes."""
    name = re.sub(r'\s*\(.*?\)', '', name).strip()
    return None if re.search('[،-]', name) else name


def places(names_folder):
    ids, taken = own_places()
    other = {code: name for code, name in rows(names_folder / 'countries_umpirsky_ar.tsv')[1:]}
    out = []
    for code, english, arabic in rows(names_folder / 'cldr_territories_ar.tsv')[1:]:
        name = clean(arabic)
        if code in SKIP_TERRITORIES or code in ids or not name or fold(name) in taken:
            continue
        aliases = [a for a in [clean(other.get(code, ''))] if a and fold(a) != fold(name) and fold(a) not in taken]
        short = re.sub('^(جزر|جزيرة) ', '', name)
        if short != name and short.startswith('ال') and short != 'الكناري':
            aliases.append(short)
        taken.update(fold(n) for n in [name, *aliases])
        out.append((code if code.isalpha() else '', name, english, '|'.join(aliases)))
    for zone, arabic in rows(names_folder / 'cldr_timezone_cities_ar.tsv')[1:]:
        name = clean(arabic)
        if not name or name in SKIP_CITIES or fold(name) in taken or zone.startswith(('Antarctica', 'America/Indiana')):
            continue
        if 'North_Dakota' in zone or 'Unknown' in zone:
            continue
        taken.add(fold(name))
        out.append(('', name, zone.split('/')[-1].replace('_', ' '), ''))
    return out


def name_tokens(names_folder, places_taken):
    listed = collections.Counter()
    for _, _, arabic, count in (r for r in rows(names_folder / 'wikidata_en_ar.tsv')[1:] if len(r) == 4):
        word = fold(arabic)
        if WORD.fullmatch(word) and len(word) >= 2:
            listed[word] += int(count)
    common = set()
    for line in (TABLES / 'common_words.txt').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            common.update(fold(w) for w in line.split())
    for cells in rows(TABLES / 'cues.tsv'):
        if cells[0] not in ('particle', 'family_first'):
            common.update(fold(w) for w in cells[1].split())
            common.update(fold('ال' + w) for w in cells[1].split())
    given = {fold(w) for line in (TABLES / 'arabic_names.txt').read_text(encoding='utf-8').splitlines()
             if not line.startswith('#') for w in line.split()}
    kept = []
    for word, count in listed.items():
        if word in common or word in given or word in places_taken or word in ORDINALS or len(word) < 3:
            continue
        # A word with the article is a name only where many people bear it.
        if count < (ARTICLE_COUNT if word.startswith('ال') else LEAST_COUNT):
            continue
        kept.append((count, word))
    kept.sort(key=lambda k: (-k[0], k[1]))
    return sorted(word for _, word in kept[:KEPT_NAMES])


def main():
    data = pathlib.Path(sys.argv[1])
    made = places(data / 'names')
    taken = {fold(n) for r in made for n in [r[1], *r[3].split('|')]} | own_places()[1]
    head = '# Made by tests/data-tools/build_gazetteer.py from CLDR (Unicode licence) and umpirsky/country-list (MIT).\n'
    (TABLES / 'places_generated.tsv').write_text(
        head + ''.join('\t'.join(r).rstrip('\t') + '\n' for r in made), encoding='utf-8')
    tokens = name_tokens(data / 'names', taken)
    head = '# Made by tests/data-tools/build_gazetteer.py from Wikidata name pairs (CC0); letters folded.\n'
    lines, line = [], ''
    for token in tokens:
        line = f'{line} {token}'.strip()
        if len(line) > 100:
            lines.append(line)
            line = ''
    (TABLES / 'name_tokens.txt').write_text(head + '\n'.join([*lines, line]).strip() + '\n', encoding='utf-8')
    print(f'{len(made)} places, {len(tokens)} name tokens')


if __name__ == '__main__':
    main()
