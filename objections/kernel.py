"""The compiled pass: from normalized texts to raw scores, and to what each character adds to them.

What the model knows stands in three tables, all read by exact keys, so that no n-gram can pass for another
whatever the hashes:

- the known words, stems among them, with all the character n-grams of each and the sum of their weights:
  most runs between spaces are known words, and their n-grams need no looking up;
- the pairs of words and stems that follow each other, or of stems with words between them;
- the trie of letters, for all other runs: a path from the root spells an n-gram of characters.

The value of an n-gram that occurs tf times is ``1 + ln tf`` (times its idf). The sums of known words count
each occurrence as one; what that is too much for n-grams of several words is taken back at the end.

A function here calls only functions of this file, and `prefetch`, and takes what it needs as arguments
(`compiling` says why); that is why the file is long. Arrays are unpacked before loops: numba counts
references at every access through a tuple, and reading a line took 4.82 µs so instead of 0.65.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from objections.arrays import Bools, Codes, Floats, Ints
from objections.compiling import compiled, counting_no_references, prefetch

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

NONE: Final = -1
"""Stands for a node, a word or a feature that there is not."""
ROOT: Final = 0
NEXT_WORD, NEXT_STEM, LATER_STEM = 0, 1, 2
"""Kinds of pairs."""

MOST_WORDS, MOST_NODES, MOST_FEATURES = 1 << 20, 1 << 21, (1 << 22) - 1
"""What the 64 bits of an edge have room for: 42 of its key, 22 of its target."""

AS_WORD, AS_STEM, STEM, LETTERS, NGRAMS = 0, 1, 2, 3, 4
"""Columns of `Model.words`: its feature as a word and as a stem; the number of its stem; where its letters
and its character n-grams begin."""
WORD_COLUMNS: Final = 8
"""Three of them unused: a row is half a line of the processor's cache."""

MOST_SUMMED: Final = 1000
"""Runs of a line above which no sums are used: taking back thousands of roundings would cost exactness."""

# Columns of `Read.features`.
_WORD, _WORD_PAIR, _STEM, _STEM_PAIR, _FIRST_GAP, _SECOND_GAP = 0, 1, 2, 3, 4, 5
_signed: Any = np.int64  # numba makes floats where signed and unsigned numbers meet
_SPACE: Final = 32
_CODE_BITS: Final = np.uint64(21)  # of a code point
_WORD_BITS: Final = np.uint64(20)
_TARGET_BITS: Final = np.uint64(22)
_TARGET: Final = np.uint64((1 << 22) - 1)
_FREE: Final = np.uint64(0)
_ONE: Final = np.uint64(1)
_BIT_SHIFT, _LAST_BIT = 6, 63  # of a number that holds the bits of 64 features
_HALF: Final = np.uint64(32)
# 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): spreads keys over a table.
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)


class Sizes(NamedTuple):
    """What is counted, and how columns are cut."""

    stem_length: int
    first_gap: int
    second_gap: int
    longest_chars: int
    long_line: int  # runs between spaces above which a line is long
    part: int  # runs of a part of it
    step: int  # runs from one part to the next
    line_start: int  # number of the mark before the first stem
    line_end: int  # … and after the last
    n_categories: int  # columns of the first head
    silent: int  # its column of "no objection"
    n_classes: int  # columns of both heads


class Model(NamedTuple):
    """A model as the compiled pass reads it.

    Rows of weights have a column for each class of both heads, then zeros.

    Attributes
    ----------
    word_places : array of uint64, shape (2^k,)
        Half the hash of each known word and its number.
    words : array of int32, shape (n_words + 1, 8)
        What is known of each: the columns `AS_WORD` … The row behind the last ends what begins in others.
    word_codes : array of uint32
        Their letters.
    ngrams : array of int32
        Their character n-grams, with a space on either side.
    ngram_sums : array, shape (n_words, width)
        The sums of their weights.
    pairs, letters : array of uint64, shape (2^k,)
        Key and target of each edge, at the first free place from its hash on. Pairs lead to features,
        letters to nodes.
    char_features : array of int32, shape (n_nodes,)
        Which feature each node of the trie is.
    weights : array, shape (n_features, width)
        Idf times coefficient; the last column holds the square of the idf.
    vectors : array, shape (n_vectors, width)
        What the vector of a word adds, before division by the root of the line's words.
    intercept : array, shape (width,)
    in_words : array of bool, shape (n_code_points,)
        Which characters words consist of.
    sizes : Sizes
    """

    word_places: Keys
    words: Numbers
    word_codes: Codes
    ngrams: Numbers
    ngram_sums: Floats
    pairs: Keys
    letters: Keys
    char_features: Numbers
    weights: Floats
    vectors: Floats
    intercept: Floats
    in_words: Bools
    sizes: Sizes


class Read(NamedTuple):
    """The words of a line, and the runs between its spaces."""

    words: Numbers  # numbers of the known ones
    stems: Numbers
    features: Numbers  # shape (n, 6), columns `_WORD` …
    word_spans: Numbers  # shape (n, 2)
    runs: Numbers  # number of the known word that a run is
    run_spans: Numbers  # shape (n, 2)
    first_words: Numbers  # first word of each run; behind the last run, the number of words
    word_hashes: Keys
    run_hashes: Keys  # of those that are no bare word


class Found(NamedTuple):
    """The features of a block in the order of the text, and room to count them."""

    features: Numbers
    places: Numbers  # shape (n, 4), from here to there and again; no rows where nobody asks
    counts: Numbers  # shape (n_features, 2): seen again in sums, and elsewhere; all 0 between blocks
    seen: Keys  # a bit for each feature, all 0 between blocks: small enough to stay close to the processor
    repeated: Numbers  # features seen again


# --- tables ---------------------------------------------------------------------------------------------


@counting_no_references
def _letter(node: int, code: int) -> np.uint64:
    """Make the key of the edge from a node along a letter."""
    return (np.uint64(node) << _CODE_BITS) | np.uint64(code)


@counting_no_references
def _pair(kind: int, left: int, right: int) -> np.uint64:
    """Make the key of a pair of words."""
    return (((np.uint64(kind) << _WORD_BITS) | np.uint64(left)) << _WORD_BITS) | np.uint64(right)


@counting_no_references
def _place_of(edges: Keys, key: np.uint64) -> int:
    """Find the place of an edge, or the free one where it belongs."""
    mask = len(edges) - 1
    place: int = _signed((key * _GOLDEN) >> _HALF) & mask
    while edges[place] != _FREE and edges[place] >> _TARGET_BITS != key:
        place = (place + 1) & mask
    return place


@counting_no_references
def _follow(edges: Keys, key: np.uint64) -> int:
    """Go along an edge; give its target, or `NONE`: a free place holds 0, a target is kept as one more."""
    target: int = _signed(edges[_place_of(edges, key)] & _TARGET)
    return target - 1


@counting_no_references
def _put(edges: Keys, key: np.uint64, target: int) -> None:
    edges[_place_of(edges, key)] = (key << _TARGET_BITS) | np.uint64(target + 1)


@compiled
def join(edges: Keys, lefts: Ints, kinds: Ints, rights: Ints, features: Ints) -> None:
    """Put pairs into a table that is large enough."""
    for number in range(len(lefts)):
        _put(edges, _pair(kinds[number], lefts[number], rights[number]), features[number])


@compiled
def spell(edges: Keys, n_nodes: int, codes: Codes, starts: Ints, nodes: Ints) -> tuple[Keys, int]:
    """Put strings into the trie of letters; write the node where each ends.

    Returns
    -------
    edges : array
        The table, grown where it was too small.
    n_nodes : int
    """
    for number in range(len(nodes)):
        node = ROOT
        for code in codes[starts[number] : starts[number + 1]]:
            key = _letter(node, _signed(code))
            node = _follow(edges, key)
            if node == NONE:
                node = n_nodes
                _put(edges, key, node)
                n_nodes += 1
                if 2 * n_nodes > len(edges):
                    edges = _grow(edges)
        nodes[number] = node
    return edges, n_nodes


@compiled
def _grow(edges: Keys) -> Keys:
    grown = np.zeros(2 * len(edges), np.uint64)
    for edge in edges:
        if edge != _FREE:
            _put(grown, edge >> _TARGET_BITS, _signed(edge & _TARGET) - 1)
    return grown


@counting_no_references
def _hash(codes: Codes, start: int, end: int) -> np.uint64:
    spread = _GOLDEN
    for position in range(start, end):
        spread = (spread ^ np.uint64(codes[position])) * _GOLDEN
        spread ^= spread >> _HALF
    return spread


@compiled
def add_words(places: Keys, codes: Codes, words: Numbers) -> None:
    """Put words, no two alike, into a table that is large enough."""
    mask = len(places) - 1
    for number in range(len(words) - 1):
        spread = _hash(codes, words[number, LETTERS], words[number + 1, LETTERS])
        place = _signed(spread >> _HALF) & mask
        while places[place] != _FREE:
            place = (place + 1) & mask
        places[place] = (spread << _HALF) | np.uint64(number + 1)


@counting_no_references
def _find_word(
    places: Keys, codes: Codes, words: Numbers, text: Codes, start: int, end: int, spread: np.uint64
) -> int:
    """Find a known word by its hash, and compare it letter by letter; give its number, or `NONE`."""
    mask = len(places) - 1
    place = _signed(spread >> _HALF) & mask
    while places[place] != _FREE:
        if (places[place] >> _HALF) == (spread & np.uint64(0xFFFFFFFF)):
            number: int = _signed(places[place] & np.uint64(0xFFFFFFFF)) - 1
            first = words[number, LETTERS]
            same = words[number + 1, LETTERS] - first == end - start
            position = start
            while same and position < end:
                same = codes[first + position - start] == text[position]
                position += 1
            if same:
                return number
        place = (place + 1) & mask
    return NONE


@counting_no_references
def _ask_for_row(rows: Floats, row: int) -> None:
    """Ask for a row that will be added: it lies far away in memory, and comes while others are added."""
    width = rows.shape[1]
    prefetch(rows, row * width)
    prefetch(rows, (row + 1) * width - 1)


# --- reading --------------------------------------------------------------------------------------------


@compiled
def _make_room(model: Model, counts: Numbers, n_characters: int, with_places: bool) -> tuple[Read, Found]:
    """Make room for texts of up to so many characters."""
    n_words = n_characters // 2 + 2
    most = (n_characters + 2) * max(model.sizes.longest_chars, 4)
    read = Read(
        np.empty(n_words, np.int32),
        np.empty(n_words, np.int32),
        np.empty((n_words, _SECOND_GAP + 1), np.int32),
        np.empty((n_words, 2), np.int32),
        np.empty(n_words, np.int32),
        np.empty((n_words, 2), np.int32),
        np.empty(n_words + 1, np.int32),
        np.empty(n_words, np.uint64),
        np.empty(n_words, np.uint64),
    )
    found = Found(
        np.empty(most, np.int32),
        np.empty((most if with_places else 0, 4), np.int32),
        counts,
        np.zeros((len(counts) >> _BIT_SHIFT) + 1, np.uint64),
        np.empty(min(most, len(counts)) + 1, np.int32),
    )
    return read, found


@counting_no_references
def _read_line(model: Model, text: Codes, read: Read) -> int:
    """Find runs and words; give the number of runs. Text begins and ends with a space."""
    n_runs = _split(model, text, read)
    n_words = _signed(read.first_words[n_runs])
    _number_words(model, text, read, n_words)
    _number_runs(model, text, read, n_runs)
    _look_up(model, read, n_words)
    return n_runs


@counting_no_references
def _split(model: Model, text: Codes, read: Read) -> int:
    """Write where runs and words stand, and their hashes; give the number of runs."""
    in_words, places = model.in_words, model.word_places
    runs, run_spans, first_words, word_spans = read.runs, read.run_spans, read.first_words, read.word_spans
    n_runs = n_words = position = 0
    while position + 1 < len(text):
        start = position + 1
        first_words[n_runs] = n_words
        position = start
        while text[position] != _SPACE:
            if not in_words[text[position]]:
                position += 1
                continue
            word = position
            while in_words[text[position]]:
                position += 1
            read.word_hashes[n_words] = _hash_and_ask(places, text, word, position)
            word_spans[n_words, 0] = word
            word_spans[n_words, 1] = position
            n_words += 1
        if position == start:
            continue
        is_word = n_words == first_words[n_runs] + 1 and word_spans[n_words - 1, 1] == position
        if is_word and word_spans[n_words - 1, 0] == start:
            runs[n_runs] = n_words - 1
        else:
            runs[n_runs] = NONE
            read.run_hashes[n_runs] = _hash_and_ask(places, text, start, position)
        run_spans[n_runs, 0] = start
        run_spans[n_runs, 1] = position
        n_runs += 1
    first_words[n_runs] = n_words
    return n_runs


@counting_no_references
def _hash_and_ask(places: Keys, text: Codes, start: int, end: int) -> np.uint64:
    """Give the hash of a word, and ask for its place."""
    spread = _hash(text, start, end)
    prefetch(places, _signed(spread >> _HALF) & (len(places) - 1))
    return spread


@counting_no_references
def _number_words(model: Model, text: Codes, read: Read, n_words: int) -> None:
    """Write which known words the words are, and their stems."""
    places, codes, words, spans = model.word_places, model.word_codes, model.words, read.word_spans
    for number in range(n_words):
        start, end = _signed(spans[number, 0]), _signed(spans[number, 1])
        word = _find_word(places, codes, words, text, start, end, read.word_hashes[number])
        if word != NONE:
            stem = _signed(words[word, STEM])
        else:
            end = min(end, start + model.sizes.stem_length)
            stem = _find_word(places, codes, words, text, start, end, _hash(text, start, end))
        read.words[number] = word
        read.stems[number] = stem


@counting_no_references
def _number_runs(model: Model, text: Codes, read: Read, n_runs: int) -> None:
    """Write which known words the runs are, in place of which words of the line they are."""
    places, codes, words = model.word_places, model.word_codes, model.words
    runs, spans = read.runs, read.run_spans
    for number in range(n_runs):
        if runs[number] != NONE:
            word = _signed(read.words[runs[number]])
        else:
            start, end = _signed(spans[number, 0]), _signed(spans[number, 1])
            word = _find_word(places, codes, words, text, start, end, read.run_hashes[number])
        runs[number] = word
        if word != NONE:
            _ask_for_row(model.ngram_sums, word)
            prefetch(model.ngrams, words[word, NGRAMS])
            prefetch(model.ngrams, words[word + 1, NGRAMS] - 1)


@counting_no_references
def _look_up(model: Model, read: Read, n_words: int) -> None:
    """Write which features the words are, and their pairs with words before them."""
    known, pairs, features = model.words, model.pairs, read.features
    words, stems = read.words, read.stems
    gaps = ((_FIRST_GAP, model.sizes.first_gap), (_SECOND_GAP, model.sizes.second_gap))
    word_before = stem_before = NONE
    for number in range(n_words):
        word, stem = _signed(words[number]), _signed(stems[number])
        if NONE < word < len(model.vectors):
            _ask_for_row(model.vectors, word)
        features[number, _WORD] = NONE if word == NONE else known[word, AS_WORD]
        features[number, _STEM] = NONE if stem == NONE else known[stem, AS_STEM]
        features[number, _WORD_PAIR] = _follow_pair(pairs, NEXT_WORD, word_before, word)
        features[number, _STEM_PAIR] = _follow_pair(pairs, NEXT_STEM, stem_before, stem)
        for column, gap in gaps:
            other = _signed(stems[number - gap]) if number >= gap else NONE
            features[number, column] = _follow_pair(pairs, LATER_STEM, other, stem)
        word_before, stem_before = word, stem


@counting_no_references
def _follow_pair(pairs: Keys, kind: int, left: int, right: int) -> int:
    """Give the feature that a pair is, or `NONE`; either may be `NONE` itself."""
    return NONE if left == NONE or right == NONE else _follow(pairs, _pair(kind, left, right))


# --- finding features -----------------------------------------------------------------------------------


@counting_no_references
def _note(found: Found, n_found: int, feature: int, spans: Numbers, first: int, last: int) -> int:
    """Note a feature and its one or two words; give the new number of features."""
    found.features[n_found] = feature
    places = found.places
    if len(places):
        places[n_found] = 0
        for side in range(2):
            if first != NONE:
                places[n_found, side] = spans[first, side]
            if last != NONE:
                places[n_found, side + 2] = spans[last, side]
    return n_found + 1


@counting_no_references
def _find_words(read: Read, first: int, last: int, found: Found) -> int:
    """Find words and pairs of words; give the number of features."""
    features, spans = read.features, read.word_spans
    n_found = 0
    for number in range(first, last):
        if features[number, _WORD] != NONE:
            n_found = _note(found, n_found, features[number, _WORD], spans, number, NONE)
        if number > first and features[number, _WORD_PAIR] != NONE:
            n_found = _note(found, n_found, features[number, _WORD_PAIR], spans, number - 1, number)
    return n_found


@counting_no_references
def _find_stems(model: Model, read: Read, first: int, last: int, found: Found) -> int:
    """Find stems, pairs with the marks around the line, and pairs with gaps; give the number of features."""
    features, spans, stems, sizes = read.features, read.word_spans, read.stems, model.sizes
    n_found = 0
    for number in range(first, last):
        if features[number, _STEM] != NONE:
            n_found = _note(found, n_found, features[number, _STEM], spans, number, NONE)
        for column, gap in ((_STEM_PAIR, 1), (_FIRST_GAP, sizes.first_gap), (_SECOND_GAP, sizes.second_gap)):
            if number - gap >= first and features[number, column] != NONE:
                n_found = _note(found, n_found, features[number, column], spans, number - gap, number)
    some = last > first
    left = _signed(stems[last - 1]) if some else sizes.line_start
    pair = _follow_pair(model.pairs, NEXT_STEM, left, sizes.line_end)
    if pair != NONE:
        n_found = _note(found, n_found, pair, spans, last - 1 if some else NONE, NONE)
    pair = _follow_pair(model.pairs, NEXT_STEM, sizes.line_start, _signed(stems[first])) if some else NONE
    if pair != NONE:
        n_found = _note(found, n_found, pair, spans, first, NONE)
    return n_found


@counting_no_references
def _find_chars(
    letters: Keys,
    char_features: Numbers,
    longest: int,
    text: Codes,
    start: int,
    end: int,
    features: Numbers,
    places: Numbers,
    n_found: int,
) -> int:
    """Find the character n-grams of a run with the space on either side; give the number of features.

    An n-gram with a space at both ends is a whole run. So where scikit-learn's ``char_wb`` takes a run
    that is shorter than its shortest n-gram as it is, looking it up among the n-grams says the same.
    """
    for first in range(start - 1, end + 1):
        node = ROOT
        for last in range(first, min(first + longest, end + 1)):
            node = _follow(letters, _letter(node, _signed(text[last])))
            if node == NONE:
                break
            if char_features[node] == NONE:
                continue
            features[n_found] = char_features[node]
            if len(places):
                places[n_found] = 0
                places[n_found, 0] = max(first, start)
                places[n_found, 1] = min(last + 1, end)
            n_found += 1
    return n_found


@compiled
def list_ngrams(letters: Keys, char_features: Numbers, longest: int, codes: Codes, words: Numbers) -> Numbers:
    """List the character n-grams of all words; write into `words` where those of each begin."""
    listed = np.empty((len(codes) + 2 * len(words)) * longest, np.int32)
    text = np.empty(len(codes) + 2, np.uint32)
    nowhere = np.empty((0, 4), np.int32)
    n_found = 0
    for number in range(len(words) - 1):
        words[number, NGRAMS] = n_found
        size = _pad(codes[words[number, LETTERS] : words[number + 1, LETTERS]], text)
        n_found = _find_chars(letters, char_features, longest, text, 1, size - 1, listed, nowhere, n_found)
    words[len(words) - 1, NGRAMS] = n_found
    return listed[:n_found].copy()


# --- scoring --------------------------------------------------------------------------------------------


@counting_no_references
def _add_row(block: Floats, rows: Floats, row: int) -> None:
    for column in range(len(block)):
        block[column] += rows[row, column]


@compiled
def sum_ngrams(weights: Floats, ngrams: Numbers, words: Numbers) -> Floats:
    """Sum the weights of each word's character n-grams."""
    sums = np.zeros((len(words) - 1, weights.shape[1]))
    for number in range(len(sums)):
        for place in range(words[number, NGRAMS], words[number + 1, NGRAMS]):
            _add_row(sums[number], weights, _signed(ngrams[place]))
    return sums


@counting_no_references
def _correct(block: Floats, weights: Floats, feature: int, times: int, summed: int) -> None:
    """Make a feature count ``1 + ln tf`` times, where sums have added it `summed` times."""
    value = 1.0 + np.log(times)
    square = len(block) - 1
    for column in range(square):
        block[column] += (value - summed) * weights[feature, column]
    block[square] += (value * value - summed) * weights[feature, square]


@counting_no_references
def _add_found(block: Floats, weights: Floats, found: Found, n_found: int) -> None:
    """Add the features found, and take back what sums have added of them; leave their counts at 0."""
    features, counts = found.features, found.counts
    for place in range(n_found):
        _ask_for_row(weights, _signed(features[place]))
        counts[features[place], 1] += 1
    for place in range(n_found):
        feature = _signed(features[place])
        summed, count = counts[feature, 0], counts[feature, 1]
        counts[feature, 0] = counts[feature, 1] = 0
        if count + summed == 1:
            _add_row(block, weights, feature)
        elif count > 0:
            _correct(block, weights, feature, count + summed, summed)


@counting_no_references
def _see(ngrams: Numbers, start: int, end: int, found: Found, n_repeated: int) -> int:
    """Mark the n-grams of a known word as seen and count those seen before; give how many there are."""
    seen, counts, repeated = found.seen, found.counts, found.repeated
    for place in range(start, end):
        feature = _signed(ngrams[place])
        bit = _ONE << np.uint64(feature & _LAST_BIT)
        if seen[feature >> _BIT_SHIFT] & bit:
            if counts[feature, 0] == 0:
                repeated[n_repeated] = feature
                n_repeated += 1
            counts[feature, 0] += 1
        else:
            seen[feature >> _BIT_SHIFT] |= bit
    return n_repeated


@counting_no_references
def _take_back(block: Floats, weights: Floats, found: Found, n_repeated: int) -> None:
    """Take back what sums have added too much of features seen again; leave their counts at 0."""
    counts, repeated = found.counts, found.repeated
    for place in range(n_repeated):
        feature = _signed(repeated[place])
        again = counts[feature, 0]
        if again == 0:  # `_add_found` has set it right
            continue
        counts[feature, 0] = 0
        _correct(block, weights, feature, again + 1, again + 1)


@counting_no_references
def _forget(seen: Keys, features: Numbers, start: int, end: int) -> None:
    for place in range(start, end):
        seen[features[place] >> _BIT_SHIFT] = _FREE


@counting_no_references
def _finish(block: Floats, raw: Floats) -> None:
    """Scale a block to length 1, add it to the raw scores, and clear it."""
    square = block[len(block) - 1]
    scale = 1.0 / np.sqrt(square) if square > 0.0 else 0.0
    for column in range(len(raw)):
        raw[column] += block[column] * scale
    block[:] = 0.0


@counting_no_references
def _weigh_chars(
    model: Model, text: Codes, read: Read, first: int, last: int, found: Found, block: Floats
) -> None:
    """Add the character n-grams of runs."""
    weights, sums, ngrams, words = model.weights, model.ngram_sums, model.ngrams, model.words
    letters, char_features, longest = model.letters, model.char_features, model.sizes.longest_chars
    runs, spans = read.runs, read.run_spans
    features, places, seen = found.features, found.places, found.seen
    with_sums = last - first <= MOST_SUMMED
    n_found = n_repeated = 0
    for number in range(first, last):
        if runs[number] == NONE or not with_sums:
            start, end = _signed(spans[number, 0]), _signed(spans[number, 1])
            n_found = _find_chars(
                letters, char_features, longest, text, start, end, features, places, n_found
            )
    for place in range(n_found):
        feature = _signed(features[place])
        seen[feature >> _BIT_SHIFT] |= _ONE << np.uint64(feature & _LAST_BIT)
    for number in range(first, last):
        word = _signed(runs[number])
        if word != NONE and with_sums:
            _add_row(block, sums, word)
            n_repeated = _see(ngrams, words[word, NGRAMS], words[word + 1, NGRAMS], found, n_repeated)
    _add_found(block, weights, found, n_found)
    _take_back(block, weights, found, n_repeated)
    _forget(seen, features, 0, n_found)
    for number in range(first, last):
        word = _signed(runs[number])
        if word != NONE and with_sums:
            _forget(seen, ngrams, words[word, NGRAMS], words[word + 1, NGRAMS])


@counting_no_references
def _score_runs(
    model: Model, text: Codes, read: Read, first: int, last: int, found: Found, raw: Floats, block: Floats
) -> None:
    """Write the raw scores of runs of a line as if they were the line."""
    first_word, last_word = _signed(read.first_words[first]), _signed(read.first_words[last])
    for column in range(len(raw)):
        raw[column] = model.intercept[column]
    _add_found(block, model.weights, found, _find_words(read, first_word, last_word, found))
    _finish(block, raw)
    _add_found(block, model.weights, found, _find_stems(model, read, first_word, last_word, found))
    _finish(block, raw)
    _weigh_chars(model, text, read, first, last, found, block)
    _finish(block, raw)
    words, vectors = read.words, model.vectors
    for number in range(first_word, last_word):
        if NONE < words[number] < len(vectors):
            _add_row(block, vectors, _signed(words[number]))
    block[len(block) - 1] = last_word - first_word  # vectors are divided by the root of the number of words
    _finish(block, raw)


@counting_no_references
def _score_parts(
    model: Model, text: Codes, read: Read, n_runs: int, found: Found, raw: Floats, block: Floats, part: Floats
) -> int:
    """Write the raw scores of the part that objects most; give its first run, `NONE` for no long line."""
    best = NONE
    if n_runs <= model.sizes.long_line:
        return best
    most = -np.inf
    first, last = 0, n_runs - model.sizes.part
    while first <= last:
        _score_runs(model, text, read, first, first + model.sizes.part, found, part, block)
        strongest = -np.inf
        for column in range(model.sizes.n_categories):
            if column != model.sizes.silent:
                strongest = max(strongest, part[column])
        if strongest - part[model.sizes.silent] > most:
            most, best = strongest - part[model.sizes.silent], first
            for column in range(len(raw)):
                raw[column] = part[column]
        first = min(first + model.sizes.step, last) if first < last else last + 1
    return best


@compiled
def score_lines(model: Model, codes: Codes, offsets: Ints, counts: Numbers) -> Floats:
    """Give the raw scores of normalized texts, their parts considered, shape (n_texts, n_classes).

    `counts`, shape (n_features, 2), must hold nothing but 0, and does so again afterwards.
    """
    n_texts, n_classes = len(offsets) - 1, model.sizes.n_classes
    longest = _signed(0)
    for number in range(n_texts):
        longest = max(longest, offsets[number + 1] - offsets[number])
    read, found = _make_room(model, counts, longest + 2, False)
    padded = np.empty(longest + 2, np.uint32)
    raw = np.empty((n_texts, n_classes))
    block, best, part = np.zeros(model.weights.shape[1]), np.empty(n_classes), np.empty(n_classes)
    for number in range(n_texts):
        text = padded[: _pad(codes[offsets[number] : offsets[number + 1]], padded)]
        n_runs = _read_line(model, text, read)
        _score_runs(model, text, read, 0, n_runs, found, raw[number], block)
        if _score_parts(model, text, read, n_runs, found, best, block, part) != NONE:
            for column in range(n_classes):
                raw[number, column] = (raw[number, column] + best[column]) / 2
    return raw


@counting_no_references
def _pad(codes: Codes, padded: Codes) -> int:
    """Put a space on either side; give the new length."""
    padded[0] = _SPACE
    for position in range(len(codes)):
        padded[position + 1] = codes[position]
    padded[len(codes) + 1] = _SPACE
    return len(codes) + 2


@compiled
def soften(raw: Floats, n_categories: int) -> None:
    """Turn raw scores into probabilities, in place: a softmax over the columns of each head."""
    n_classes = raw.shape[1]
    for row in range(len(raw)):
        for first, last in ((0, n_categories), (n_categories, n_classes)):
            most, total = -np.inf, 0.0
            for column in range(first, last):
                most = max(most, raw[row, column])
            for column in range(first, last):
                raw[row, column] = np.exp(raw[row, column] - most)
                total += raw[row, column]
            for column in range(first, last):
                raw[row, column] /= total


# --- evidence -------------------------------------------------------------------------------------------


@compiled
def weigh_characters(model: Model, codes: Codes, column: int, counts: Numbers) -> Floats:
    """Lay on each character of a normalized text what it adds to a category's raw score.

    Coefficients are taken against their mean over the categories. `counts` as in `score_lines`.

    Returns
    -------
    array, shape (n_characters,)
        0 between words; they sum to the raw score less the intercept.
    """
    read, found = _make_room(model, counts, len(codes) + 2, True)
    text = np.empty(len(codes) + 2, np.uint32)
    _pad(codes, text)
    laid = np.zeros(len(text))
    raw, block = np.empty(model.sizes.n_classes), np.zeros(model.weights.shape[1])
    n_runs = _read_line(model, text, read)
    best = _score_parts(model, text, read, n_runs, found, raw, block, np.empty_like(raw))
    _lay_runs(model, text, read, 0, n_runs, column, found, laid)
    if best != NONE:
        _lay_runs(model, text, read, best, best + model.sizes.part, column, found, laid)
        laid /= 2
    return laid[1:-1]


@compiled
def _lay_runs(
    model: Model, text: Codes, read: Read, first: int, last: int, column: int, found: Found, laid: Floats
) -> None:
    first_word, last_word = _signed(read.first_words[first]), _signed(read.first_words[last])
    _lay_block(model, text, _find_words(read, first_word, last_word, found), column, found, laid)
    _lay_block(model, text, _find_stems(model, read, first_word, last_word, found), column, found, laid)
    n_found = 0
    for number in range(first, last):
        start, end = read.run_spans[number, 0], read.run_spans[number, 1]
        n_found = _find_chars(
            model.letters,
            model.char_features,
            model.sizes.longest_chars,
            text,
            _signed(start),
            _signed(end),
            found.features,
            found.places,
            n_found,
        )
    _lay_block(model, text, n_found, column, found, laid)
    for number in range(first_word, last_word):
        if NONE < read.words[number] < len(model.vectors):
            row = model.vectors[read.words[number], : model.sizes.n_categories]
            start, end = read.word_spans[number, 0], read.word_spans[number, 1]
            push = (row[column] - row.mean()) / np.sqrt(last_word - first_word)
            laid[start:end] += push / (end - start)


@compiled
def _lay_block(model: Model, text: Codes, n_found: int, column: int, found: Found, laid: Floats) -> None:
    """Lay each n-gram's part evenly on its occurrences."""
    counts, features = found.counts, found.features[:n_found]
    for feature in features:
        counts[feature, 1] += 1
    square = 0.0
    for feature in features:
        square += (1.0 + np.log(counts[feature, 1])) ** 2 / counts[feature, 1] * model.weights[feature, -1]
    for number in range(n_found):
        feature = features[number]
        row = model.weights[feature, : model.sizes.n_categories]
        value = (1.0 + np.log(counts[feature, 1])) / counts[feature, 1] / np.sqrt(square)
        _lay_occurrence(model, text, found.places[number], (row[column] - row.mean()) * value, laid)
    for feature in features:
        counts[feature, 1] = 0


@counting_no_references
def _lay_occurrence(model: Model, text: Codes, place: Numbers, push: float, laid: Floats) -> None:
    """Lay on the characters of words; punctuation alone lies on the word before it: «дорого?!»."""
    in_words = model.in_words
    covered = 0
    for start, end in ((place[0], place[1]), (place[2], place[3])):
        for position in range(start, end):
            covered += in_words[text[position]]
    if covered == 0:
        before = place[0] - 1
        while before >= 0 and not in_words[text[before]]:
            before -= 1
        if before >= 0:
            laid[before] += push
        return
    for start, end in ((place[0], place[1]), (place[2], place[3])):
        for position in range(start, end):
            if in_words[text[position]]:
                laid[position] += push / covered
