"""Qt's style sheet for one set of sizes and colours: text roles, surfaces and line edits. Buttons draw themselves."""

from ui.colours import Colours
from ui.fonts import FAMILY
from ui.tokens import Metrics, Role


def stylesheet(metrics: Metrics, colours: Colours) -> str:
    """The whole sheet. Rules are few and flat, because each new widget is matched against all of them."""
    return "\n".join([_texts(metrics, colours), _surfaces(metrics, colours), _fields(metrics, colours)])


def _texts(metrics: Metrics, colours: Colours) -> str:
    colour = {
        Role.HINT: colours.quiet_text,
        Role.PROGRESS: colours.quiet_text,
        Role.SMALL: colours.quiet_text,
        Role.PROBLEM: colours.problem,
    }
    rules = [
        f'QLabel[role="{role}"] {{ font: {metrics.weight(role)} {metrics.text_px(role)}px "{FAMILY}";'
        f" color: {colour.get(role, colours.text)}; }}"
        for role in Role
    ]
    # A coloured surface decides the colour of every text on it.
    rules += [
        f'QLabel[ground="header"] {{ color: {colours.header_text}; }}',
        f'QLabel[ground="band"] {{ color: {colours.band_text}; }}',
        f'QLabel[ground="success"] {{ color: {colours.success}; }}',
        f'QLabel[ground="warning"] {{ color: {colours.warning}; }}',
    ]
    return "\n".join(rules)


def _surfaces(metrics: Metrics, colours: Colours) -> str:
    line, radius, ring = metrics.hair_px, metrics.radius_px, metrics.ring_px
    return f"""
        QWidget[surface="page"] {{ background: {colours.page}; }}
        QWidget[surface="header"] {{ background: {colours.header};
            border-bottom: {line}px solid {colours.header if colours.header != colours.page else colours.text}; }}
        QWidget[surface="band"] {{ background: {colours.band}; border-bottom: {line}px solid {colours.band_edge}; }}
        QWidget[surface="reading"] {{ background: {colours.key_area};
            border-bottom: {line}px solid {colours.key_edge}; }}
        QWidget[surface="pill"] {{ background: {colours.band}; border: {line}px solid {colours.band_edge};
            border-radius: {radius}px; }}
        QWidget[surface="keyboard"] {{ background: {colours.key_area}; border-top: {line}px solid
            {colours.key_area if colours.key_area != colours.page else colours.key_edge}; }}
        QFrame[surface="section"] {{ background: {colours.chosen_fill};
            border-bottom: {metrics.line_px}px solid {colours.primary}; }}
        QFrame[surface="card"] {{ background: {colours.card}; border: {line}px solid {colours.card_edge};
            border-radius: {radius}px; }}
        QFrame[surface="success"] {{ background: {colours.success_fill};
            border: {line}px solid {colours.success}; border-radius: {radius}px; }}
        QFrame[surface="warning"] {{ background: {colours.warning_fill};
            border: {line}px solid {colours.warning}; border-radius: {radius}px; }}
        QFrame[surface="problem"] {{ background: {colours.problem_fill};
            border: {ring}px solid {colours.problem}; border-radius: {radius}px; }}
        QScrollArea, QScrollArea > QWidget > QWidget[surface="scrolled"] {{ background: transparent; border: 0; }}
    """


def _fields(metrics: Metrics, colours: Colours) -> str:
    # A line edit with much vertical padding cuts the marks off capitals. The little below the letters moves them to
    # the optical middle; the heights include it.
    below = round(metrics.text_px(Role.FIELD) * 0.14)
    height = metrics.primary_px - below
    return f"""
        QLineEdit {{ font: 400 {metrics.text_px(Role.FIELD)}px "{FAMILY}"; color: {colours.text};
            background: {colours.control}; border: {metrics.line_px}px solid {colours.control_edge};
            border-radius: {metrics.radius_px}px; padding: 0 {metrics.px(4)}px {below}px {metrics.px(4)}px;
            min-height: {height - 2 * metrics.line_px}px;
            placeholder-text-color: {colours.quiet_text};
            selection-background-color: {colours.primary}; selection-color: {colours.primary_text}; }}
        QLineEdit[problem="true"] {{ border: {metrics.ring_px}px solid {colours.problem};
            min-height: {height - 2 * metrics.ring_px}px; }}
        QLineEdit:focus {{ background: {colours.focus_fill}; border: {metrics.ring_px}px solid {colours.field_ring};
            min-height: {height - 2 * metrics.ring_px}px; }}
    """
