"""Letters that stand for Vietnamese ones which they look like, in text layers of old fonts and in what OCR writes."""

#: None of these is a letter of Vietnamese: Eth and African D for Đ, Oi for Ư ("trƣờng", a fault of fonts for Word).
LETTERS = {
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u01a2": "Ư",
    "\u01a3": "ư",
}
