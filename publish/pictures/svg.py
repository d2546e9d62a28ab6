"""SVG as text, with every value escaped. Colours come from the style sheet by class, so that both themes work."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def element(name: str, content: object = "", **attributes: object) -> Markup:
    """One element. Attribute names: ``class_`` is ``class``, other underscores are hyphens; None leaves one out."""
    written = Markup("").join(
        Markup(' {}="{}"').format(_name(key), _plain(value)) for key, value in attributes.items() if value is not None
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, escape(content))


def joined(parts: Iterable[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def picture(title: str, width: float, height: float, content: Markup, class_: str) -> Markup:
    """An SVG that says its title to those who do not see it."""
    return element(
        "svg",
        content,
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        role="img",
        aria_label=title,
        class_=class_,
        preserveAspectRatio="xMidYMid meet",
    )


def _name(key: str) -> str:
    # viewBox and preserveAspectRatio are written as they are; only underscores are Python's.
    return key.rstrip("_").replace("_", "-")


def _plain(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
