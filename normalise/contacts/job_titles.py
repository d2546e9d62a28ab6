"""The job title of a person, read from what stands around the name."""

import re
from collections.abc import Iterator, Sequence

from normalise.contacts.emails import EmailMention
from normalise.contacts.job_title_gaps import (
    blank_labels,
    ends_line,
    fills_line,
    function_before,
    is_honorific,
    leads_to_name,
    leads_to_title,
)
from normalise.contacts.phones import PhoneMention
from normalise.persons.finding import PersonMention
from normalise.persons.job_titles import RoleMention, find_roles
from normalise.text.document import Document, Line
from normalise.text.label_names import name_label
from normalise.text.labels import Labelled
from normalise.text.positions import Positions

# A title on its name's line is no farther off; a line of nothing but a title is no longer.
_TITLE_REACH = 160
# A label "Tehtävä: ..." this many lines under the name still speaks of it.
_LABEL_REACH = 5
# Name, unit, organisation, number, address, title: a card's title stands among its first lines.
_CARD_LINES = 5


class TitleFinder:
    """Finds titles for the people of one document; a title that one person has taken is not given to the next."""

    def __init__(
        self,
        document: Document,
        persons: Sequence[PersonMention],
        details: Sequence[EmailMention | PhoneMention],
        labelled: Sequence[Labelled],
    ) -> None:
        """Take the document with its persons (in reading order), addresses and numbers, and labels."""
        self._document = document
        self._persons = persons
        self._details = sorted(details, key=lambda detail: detail.start)
        self._detail_starts = Positions(detail.start for detail in self._details)
        self._person_starts = Positions(person.start for person in persons)
        self._labels = [(la.start, la.end) for la in labelled if la.field == "contact_title"] or list(_tabbed(document))
        self._label_starts = Positions(start for start, _ in self._labels)
        self._taken: set[int] = set()
        self._titles: dict[int, RoleMention | None] = {}

    def title_at(self, index: int) -> RoleMention | None:
        """The title beside the person mention ``persons[index]``; earlier mentions on nearby lines are served first."""
        first = index
        while first > 0 and first - 1 not in self._titles and self._are_near(first - 1, first):
            first -= 1
        for position in range(first, index + 1):
            if position not in self._titles:
                self._titles[position] = self._find(position)
        return self._titles[index]

    def _are_near(self, index: int, following: int) -> bool:
        return self._persons[following].start - self._persons[index].end < 300

    def _find(self, index: int) -> RoleMention | None:
        for read in (
            self._behind_task,
            self._before,
            self._after,
            self._labelled,
            self._line_between,
            self._line_above,
            self._line_below,
            self._over_block,
            self._function,
        ):
            role = read(index)
            if role and role.start not in self._taken:
                self._taken.add(role.start)
                return role
        return None

    def _behind_task(self, index: int) -> RoleMention | None:
        """The job title behind a name whose task stands before it as a label: "Projektledare: Anna Ek, lektor"."""
        person = self._persons[index]
        line = self._line(person.start)
        roles = self._line_roles(line) if line else ()
        is_task = line and roles and roles[0].start == line.start and roles[0].end < person.start
        label = self._document.text[roles[0].end : person.start] if is_task else ""
        return self._after(index) if label.strip() == ":" else None

    def _before(self, index: int) -> RoleMention | None:
        """ "opetusneuvos Anna Aho", "Projektipäällikkö: Anna Aho", "Projektipäällikkönä toimii Anna Aho"."""
        person = self._persons[index]
        roles = [role for role in self._roles_near(person) if role.end <= person.start]
        if len(roles) > 1 and is_honorific(roles[-1].title):
            # "Projektledare är docent Anna Ek": the degree belongs to the name.
            roles = roles[:-1] if leads_to_name(self._document.text, roles[-2].end, person.start) else roles
        leads = roles and leads_to_name(self._document.text, roles[-1].end, person.start)
        return roles[-1] if leads else None

    def _after(self, index: int) -> RoleMention | None:
        """ "Anna Aho, projektipäällikkö", "Anna Aho (projektipäällikkö)", "Anna Aho, Oma Häme, projektipäällikkö"."""
        person, text = self._persons[index], self._document.text
        role = next((r for r in self._roles_near(person) if r.start >= person.end), None)
        if role is None:
            return None
        following = self._persons[index + 1] if index + 1 < len(self._persons) else None
        if following and (following.start < role.start or not text[role.end : following.start].strip(" \xa0")):
            return None
        gap = self._without_details(person.end, role.start)
        return role if leads_to_title(gap) else None

    def _without_details(self, start: int, end: int) -> str:
        """A stretch of text with addresses and numbers, and the labels before them, blanked."""
        gap = self._document.text[start:end]
        for detail in self._details[self._detail_starts.first_from(start) : self._detail_starts.first_from(end)]:
            gap = gap.replace(self._document.text[detail.start : detail.end], "#")
        return blank_labels(gap)

    def _labelled(self, index: int) -> RoleMention | None:
        """ "Asema: Kehittämisjohtaja" under the name."""
        person = self._persons[index]
        limit = self._persons[index + 1].start if index + 1 < len(self._persons) else len(self._document.text)
        position = self._label_starts.first_from(person.end)
        found = self._labels[position : position + 1]
        start, end = found[0] if found and found[0][0] < limit else (0, 0)
        line, own = self._line(start), self._line(person.start)
        if not end or line is None or own is None or line.index - own.index > _LABEL_REACH:
            return None
        roles = find_roles(self._document.text, start, end)
        if roles and roles[0].start == start:
            return roles[0]
        value = re.compile(r"[^,;\n]*").match(self._document.text, start, end)
        return RoleMention(start, value.end(), value[0].strip()) if value and value[0].strip() else None

    def _line_above(self, index: int) -> RoleMention | None:
        """A title that fills the line over a name with which its own line begins."""
        line = self._line(self._persons[index].start)
        above = self._neighbour(line, -1) if line else None
        if line is None or above is None or above.block < line.block - 1:
            return None
        if not is_honorific(self._document.text[line.start : self._persons[index].start][:20]):
            return None
        roles = self._line_roles(above)
        fills = roles and roles[0].start == above.start and fills_line(self._document.text, roles[-1].end, above.end)
        return roles[-1] if fills else None

    def _line_between(self, index: int) -> RoleMention | None:
        """A job title under a name whose task stands over it as a label: "Projektledare", the name, "lektor"."""
        line = self._line(self._persons[index].start)
        below = self._neighbour(line, 1) if line else None
        if line is None or below is None or below.block != line.block or self._heads_next(below):
            return None
        above = self._neighbour(line, -1)
        if above is None or not self._is_title(above) or not self._is_title(below):
            return None
        return self._line_below(index)

    def _is_title(self, line: Line) -> bool:
        """Whether a line is a title and nothing else."""
        roles = self._line_roles(line)
        return len(roles) == 1 and (roles[0].start, roles[0].end) == (line.start, line.end)

    def _over_block(self, index: int) -> RoleMention | None:
        """A title in the plural over all names of a block: "Kehittäjäsairaanhoitajat", "Neuvoa antavat ohjaajat:"."""
        line = self._line(self._persons[index].start)
        head = self._document.block_lines(line.block)[0] if line else None
        above = self._neighbour(head, -1) if head else None
        if above and above.text.endswith("t:"):
            head = above
        roles = self._line_roles(head) if head else ()
        if not head or not roles or not head.text.rstrip(":").endswith("t"):
            return None
        introduced = head.text.endswith(":") and roles[-1].end == head.end - 1
        if introduced or (len(roles) == 1 and self._is_title(head)):
            self._taken.discard(roles[-1].start)
            return roles[-1]
        return None

    def _line_below(self, index: int) -> RoleMention | None:
        """A title with which one of the card's lines under a name begins; the name ends its own line."""
        person, text = self._persons[index], self._document.text
        line = self._line(person.start)
        if line is None or not ends_line(text, person.end, line.end):
            return None
        for step in range(1, _CARD_LINES):
            below = self._neighbour(line, step)
            if below is None or self._has_person(below):
                return None
            roles = self._line_roles(below)
            if roles and roles[0].start == below.start and below.block - line.block <= 1:
                return None if step > 1 and self._heads_next(below) else roles[0]
            if below.block != line.block or len(below.text) > 60:
                return None
        return None

    def _heads_next(self, line: Line) -> bool:
        """Whether a line of a title belongs to the name under it."""
        following = self._neighbour(line, 1)
        return following is not None and self._has_person(following)

    def _has_person(self, line: Line) -> bool:
        return self._person_starts.any_within(line.start, line.end)

    def _function(self, index: int) -> RoleMention | None:
        """A function in a title's place: "Viestintä: Otso Lindeman"."""
        person, text = self._persons[index], self._document.text
        found = function_before(text, person.start)
        return RoleMention(found.start("word"), found.end("word"), found["word"]) if found else None

    def _line(self, offset: int) -> Line | None:
        return self._document.line_at(offset)

    def _neighbour(self, line: Line, step: int) -> Line | None:
        index = line.index + step
        return self._document.lines[index] if 0 <= index < len(self._document.lines) else None

    def _line_roles(self, line: Line) -> tuple[RoleMention, ...]:
        return find_roles(self._document.text, line.start, min(line.end, line.start + _TITLE_REACH))

    def _roles_near(self, person: PersonMention) -> tuple[RoleMention, ...]:
        """Titles on the person's line, as far as a title may stand from its name."""
        line, text = self._line(person.start), self._document.text
        if line is None:
            return ()
        start, end = max(line.start, person.start - _TITLE_REACH), min(line.end, person.end + _TITLE_REACH)
        start = start if start == line.start else text.find(" ", start, person.start) + 1 or person.start
        return find_roles(text, start, end)


def _tabbed(document: Document) -> Iterator[tuple[int, int]]:
    """Spans of titles after a label and a tab: "Tehtävänimike\\tkoordinoiva opinto-ohjaaja"."""
    for line in document.lines if "\t" in document.text else ():
        label, tab, value = line.text.partition("\t")
        if tab and any(name.field == "contact_title" for name in name_label(label)):
            yield line.end - len(value.lstrip()), line.end
