"""Articles and paragraphs that are in twice: within the issue, or from one of the last three.

Near duplicates are found by the share of six-character runs that two articles have in common (shingles, as Broder
describes them): moved sentences, new titles, edited words change it little.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.periodical.articles import Copy, articles_of, copies_of, earlier_copies, paragraphs, text_of, words
from newsletter_pdf.periodical.context import Scene

SIMILAR = 0.5
"""Share of the shorter article's text from which two articles are told of."""
SAME = 0.9
"""Share of the text of both from which they are one article."""
EARLIER = 3
"""How many earlier issues are compared with."""
_FEWEST_GRAMS = 12
_PHRASE = 8
_SHORTEST_PARAGRAPH = 40


def check_doubles(scene: Scene) -> None:
    """Report doubled articles and paragraphs."""
    own = copies_of(scene.issue)
    index: dict[str, list[int]] = defaultdict(list)
    first: dict[str, int] = {}
    told: set[int] = set()
    for number, copy in enumerate(own):
        shared = _shared(copy, index)
        # The very same words are one article however short; one that is a picture alone has none.
        if copy.words and (same := first.setdefault(copy.words, number)) != number:
            shared[same] += 0
        if _within(scene, own, number, shared):
            told.add(number)
        for gram in copy.grams:
            # What stands in so many articles is a phrase.
            if len(index[gram]) < _PHRASE:
                index[gram].append(number)
    _earlier(scene, own, index)
    _paragraphs(scene, told)


def _shared(copy: Copy, index: dict[str, list[int]]) -> Counter[int]:
    """How many runs each article of the index shares with ``copy``."""
    return Counter(number for gram in copy.grams for number in index.get(gram, ()))


def _within(scene: Scene, own: list[Copy], number: int, shared: Counter[int]) -> bool:
    """Report the earlier articles of the issue that this one repeats; True when there are some."""
    copy, found = own[number], False
    for other_number in sorted(shared):
        other = own[other_number]
        part, whole = _shares(copy, other, shared[other_number])
        fields = {"title": copy.title, "other": other.title, "where": other.place}
        found = found or whole >= SAME or part >= SIMILAR
        if whole >= SAME:
            scene.report(rules.ARTICLE_TWICE, copy.place, percent=round(whole * 100), **fields)
        elif part >= SIMILAR:
            scene.report(rules.ARTICLE_SIMILAR, copy.place, percent=round(part * 100), **fields)
    return found


def _shares(one: Copy, other: Copy, shared: int) -> tuple[float, float]:
    """The share of the shorter one's text in the other, and of both together (containment and Jaccard index)."""
    if one.words == other.words:
        return 1.0, 1.0
    if shared < _FEWEST_GRAMS:
        return 0.0, 0.0
    sizes = len(one.grams), len(other.grams)
    return shared / min(sizes), shared / (sum(sizes) - shared)


def _earlier(scene: Scene, own: list[Copy], index: dict[str, list[int]]) -> None:
    before = [issue for issue in scene.known if scene.last is not None and issue.date <= scene.last.date]
    reported: set[int] = set()
    for issue in reversed(before[-EARLIER:]):
        for old in earlier_copies(issue.folder):
            for number, count in sorted(_shared(old, index).items()):
                copy = own[number]
                part, whole = _shares(copy, old, count)
                # A short notice that a long article happens to hold is no repetition.
                if number in reported or part < SIMILAR or whole < SIMILAR / 2:
                    continue
                reported.add(number)
                fields = {"title": copy.title, "other": old.title, "issue": issue.folder.name, "where": old.place}
                scene.report(rules.ARTICLE_REPEATED, copy.place, percent=round(part * 100), **fields)


def _paragraphs(scene: Scene, told: set[int]) -> None:
    """Report paragraphs that are in twice, but not those of articles that were ``told`` of as a whole."""
    seen: dict[str, object] = {}
    for number, article in enumerate(articles_of(scene.issue)):
        if number in told:
            continue
        for paragraph in paragraphs(article.blocks):
            text = text_of(paragraph)
            key = words(text)
            if len(key) < _SHORTEST_PARAGRAPH:
                continue
            first = seen.setdefault(key, paragraph.place)
            if first is not paragraph.place:
                scene.report(rules.PARAGRAPH_TWICE, paragraph.place, where=first, text=f"{text[:16]}……")
