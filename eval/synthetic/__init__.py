"""Invented disclosures in the layouts of many provinces, with the truth of every amount in them.

`python -m eval.synthetic --seed N --out DIR` writes one document of each layout family, in one file format each, and
beside it `NAME.truth.json`: the facts (key, value, unit, table), gold questions, and what contradiction was planted.
`python -m eval.synthetic.score DIR` reads them and says what the system made of them.

Units, places and amounts are invented and add up exactly, so that every finding on an unplanted document is a false
alarm; layouts are those of published disclosures: how columns nest, what codes look like, how a total is called.
"""
