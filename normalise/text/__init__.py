"""The text itself: lines, blocks and headings, sentences, labels with what they label, phrases found in it."""
