"""The hidden command `typst-worker`: compiles one Typst template, a job on stdin to a PDF on stdout."""

import json
import sys
from tempfile import TemporaryDirectory

import typst


def run(argv: list[str]) -> int:
    """Compile the job {"template": source, "content": JSON text, "fonts": folder} to PDF/A-2b; 0 when it succeeded.

    The root of the compilation is an empty folder, and so are the folders of packages: a template can read nothing
    but its own content. What the compiler says about a failure can hold a citizen's answers, so it goes to stderr
    for a developer's eyes only, and no log ever takes it.
    """
    if argv:
        print("typst-worker takes no arguments", file=sys.stderr)
        return 2
    job = json.load(sys.stdin.buffer)
    with TemporaryDirectory() as empty:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]])
        try:
            pdf = typst.compile(
                job["template"].encode(),
                root=empty,
                font_paths=fonts,
                sys_inputs={"content": job["content"]},
                pdf_standards=["a-2b"],
                package_path=empty,
                package_cache_path=empty,
            )
        except typst.TypstError as error:
            print(error.diagnostic, file=sys.stderr)
            return 1
    sys.stdout.buffer.write(pdf)
    return 0
