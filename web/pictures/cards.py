"""Cards: a measure's newest figure, the line that led to it, and the target."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from web.pictures.drawing import INK, LATE, NAVY, diamond, dot, line, svg, text

WIDTH, TALL, LEFT, RIGHT, TOP, BOTTOM = 240, 86, 8, 160, 12, 64


@dataclass(frozen=True)
class Figure:
    """One value of a measure in a period."""

    period: str
    value: float


@dataclass(frozen=True)
class Card:
    """One measure: what is measured, its figures oldest first, and what is aimed at."""

    name: str
    title: str
    unit: str
    figures: tuple[Figure, ...]
    target: float | None = None
    higher_is_better: bool = True
    source: str = ""
    received: str = ""
    sureness: str = ""
    href: str = ""

    @property
    def newest(self) -> Figure | None:
        """The figure of the newest period."""
        return self.figures[-1] if self.figures else None

    @property
    def met(self) -> bool | None:
        """Whether the newest figure meets the target; None without either."""
        if self.newest is None or self.target is None:
            return None
        if self.higher_is_better:
            return self.newest.value >= self.target
        return self.newest.value <= self.target


def number(value: float) -> str:
    """A number without decimals that say nothing."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def card(one: Card) -> Markup:
    """A card as an item of a list of cards."""
    newest = one.newest
    if newest is None:
        return Markup("")
    said = [f'<p class="card__figure">{escape(number(newest.value))}{escape(one.unit)}</p>']
    said.append(f"<p>{escape(newest.period)}. {escape(_against(one))}</p>")
    title = (
        Markup('<a class="govuk-link" href="{}">{}</a>').format(one.href, one.title)
        if one.href
        else escape(one.title)
    )
    body = f'<h3 class="govuk-heading-s">{title}</h3>{"".join(said)}{sparkline(one)}'
    below = "; ".join(part for part in (one.source, one.received) if part)
    sure = f"<p><strong>{escape(one.sureness)}</strong></p>" if one.sureness else ""
    return Markup(f'<li class="card">{body}<p class="govuk-body-s">{escape(below)}</p>{sure}</li>')  # noqa: S704 - escaped


def sparkline(one: Card) -> Markup:
    """The figures as a line, with the target beside them; empty for fewer than two."""
    if len(one.figures) < 2:  # noqa: PLR2004 - a line needs two ends
        return Markup("")
    values = [figure.value for figure in one.figures]
    known = [*values, *([one.target] if one.target is not None else [])]
    low, high = min(known), max(known)

    def y(value: float) -> float:
        return BOTTOM - (value - low) / ((high - low) or 1) * (BOTTOM - TOP)

    step = (RIGHT - LEFT) / (len(values) - 1)
    places = [(LEFT + place * step, y(value)) for place, value in enumerate(values)]
    path = "L".join(f"{x:.1f} {at:.1f}" for x, at in places)
    parts = [f'<path d="M{path}" stroke="{NAVY}" stroke-width="2.5" fill="none"/>']
    if one.target is not None:
        at = y(one.target)
        parts += [
            line(LEFT, at, (RIGHT, at), stroke=LATE, dashes="5 3", wide=1.5),
            diamond(RIGHT + 4, at, LATE),
        ]
        parts.append(text(RIGHT + 14, at + 5, f"target {number(one.target)}", fill=LATE, size=12))
    parts.append(dot(*places[-1]))
    parts.append(text(LEFT, TALL - 4, one.figures[0].period, size=12, fill=INK))
    parts.append(text(RIGHT, TALL - 4, one.figures[-1].period, size=12, anchor="end", fill=INK))
    return svg(f"spark-{one.name}", (WIDTH, TALL), f"{one.title}, figure by figure", described(one), parts)


def described(one: Card) -> str:
    """All figures in words, with the target."""
    said = "; ".join(f"{figure.period}: {number(figure.value)}{one.unit}" for figure in one.figures)
    return f"{said}. {_against(one)}"


def _against(one: Card) -> str:
    if one.target is None:
        return "No target is set."
    way = "at least" if one.higher_is_better else "at most"
    return f"{'Meets' if one.met else 'Misses'} the target of {way} {number(one.target)}{one.unit}."
