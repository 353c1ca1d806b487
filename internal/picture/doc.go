// Package picture draws SVG: paths through accounts and VPCs (a [Scene]), and who reaches what (a [Matrix]); and HTML pages that hold them.
//
// It decides nothing: its callers give it the texts and the tones. The same input gives the same bytes. Text is measured by the widths of a wide
// font, so that in the font of any reader no two texts overlap. Each tone has a mark and a colour, and both have a light and a dark form.
package picture
