"""What random documents found wrong in the past, as one document."""

from __future__ import annotations

from tests.conservation.random_documents.documents import Document
from tests.conservation.random_documents.words import Note

PAST_FAILURES = Document(
    -1,
    """---
authors: [ada]
date: 2026-01-02
---
# qaaaaqa ~~qaaaaqb~~

qaaaaqd ~~qaaaaqe *qaaaaqf*~~ &lt;b qaaaaqg> ^[qaaaaqi {index}`qaaaaqk` qaaaaql].[^table]

```{centered} qaaaaqn *qaaaaqo* {footcite}`{qaaaaqp}grafton`
```

:qaaaaqr *qaaaaqs*[^field]: qaaaaqu

```{glossary}
qaaaaqv
  qaaaaqz
```

## qaaabqa {term}`qaaaaqv`

<ul><li>xaaabqb<li>xaaabqd</ul>

<dl><dt>xaaabqe<dd>xaaabqf</dl>

::::{highlights}
:::{epigraph}
qaaabqn

-- qaaabqo
:::

-- qaaabqp

qaaabqr
::::

[^table]: qaaaaqm

    :::{table} qaaabqg
    | qaaabqi | qaaabqk |
    |---|--:|
    | qaaabql | qaaabqm |
    :::

[^field]: qaaaaqt
""",
    (
        *("qaaaaqa", "qaaaaqb", "qaaaaqd", "qaaaaqe", "qaaaaqf", "qaaaaqg", Note(("qaaaaqi", "qaaaaqk", "qaaaaql"))),
        Note(("qaaaaqm", "qaaabqg", "qaaabqi", "qaaabqk", "qaaabql", "qaaabqm")),
        *("qaaaaqn", "qaaaaqo", Note(("qaaaaqp",)), "qaaaaqr", "qaaaaqs", Note(("qaaaaqt",)), "qaaaaqu"),
        *("qaaaaqv", "qaaaaqz", "qaaabqa", "qaaaaqv", "xaaabqb", "xaaabqd", "xaaabqe", "xaaabqf"),
        *("qaaabqn", "qaaabqo", "qaaabqp", "qaaabqr"),
    ),
)
