package picture

// Tone is what a mark and a colour say.
type Tone int

// The tones.
const (
	// Plain has no mark.
	Plain Tone = iota
	// Passes is for what is proven.
	Passes
	// Waits is for what a person has to do or to say.
	Waits
	// Unknown is for what is not known.
	Unknown
	// Blocks is for what is proven not to pass.
	Blocks
	// Surprise is for what passes, and nobody has declared.
	Surprise
	// Aside is for what is not proven and not asked, and may be possible.
	Aside
)

// tones are the names of classes in the style sheet.
var tones = map[Tone]string{Plain: "plain", Passes: "passes", Waits: "waits", Unknown: "unknown", Blocks: "blocks", Surprise: "surprise", Aside: "aside"}

// style is the style sheet. The colours keep their order of brightness in grey, and every one has a mark of its own shape.
const style = `text{font-family:Helvetica,Arial,"DejaVu Sans",sans-serif;fill:#1b1f24}
.page{fill:#fff}
.frame{fill:#f4f6f8;stroke:#8b949e}
.group{fill:#fff;stroke:#8b949e;stroke-dasharray:5 4}
.box{fill:#fff;stroke:#24292f;stroke-width:1.3}
.gone{fill:none;stroke:#6e7781;stroke-width:1.3;stroke-dasharray:3 3}
.back{fill:#fff}
.back-frame{fill:#f4f6f8}
.quiet{fill:#57606a}
.line{fill:none;stroke-width:1.8}
.rule{fill:none;stroke:#d0d7de}
.plain.line{stroke:#6e7781;stroke-dasharray:2 4}.plain.head{fill:#6e7781}text.plain{fill:#57606a}
.passes.line{stroke:#116329}.passes.head{fill:#116329}text.passes{fill:#116329}.passes.cell{fill:#d2f0da}
.waits.line{stroke:#0550ae;stroke-dasharray:9 4}.waits.head{fill:#0550ae}text.waits{fill:#0550ae}.waits.cell{fill:#d6e8ff}
.unknown.line{stroke:#8a5a00;stroke-dasharray:9 4}.unknown.head{fill:#8a5a00}text.unknown{fill:#8a5a00}.unknown.cell{fill:#fff1c2}
.blocks.line{stroke:#c1121f;stroke-width:2.6;stroke-dasharray:6 4}.blocks.head{fill:#c1121f}text.blocks{fill:#c1121f}.blocks.cell{fill:#ffd9d6}
.surprise.head{fill:#7b2cbf}text.surprise{fill:#7b2cbf}.surprise.cell{fill:#ecdcff}
text.aside{fill:#57606a}.aside.cell{fill:#f3f5f7}
.ink{fill:none;stroke:#fff;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.aside.ink{stroke:#57606a;stroke-width:1.4}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}
.page{fill:#0d1117}
.frame{fill:#161b22;stroke:#6e7681}
.group{fill:#0d1117;stroke:#6e7681}
.box{fill:#0d1117;stroke:#c9d1d9}
.gone{stroke:#8b949e}
.back{fill:#0d1117}
.back-frame{fill:#161b22}
.quiet{fill:#9da7b3}
.rule{stroke:#30363d}
.plain.line{stroke:#8b949e}.plain.head{fill:#8b949e}text.plain{fill:#9da7b3}
.passes.line{stroke:#4ac26b}.passes.head{fill:#4ac26b}text.passes{fill:#4ac26b}.passes.cell{fill:#0f3d1e}
.waits.line{stroke:#79b8ff}.waits.head{fill:#79b8ff}text.waits{fill:#79b8ff}.waits.cell{fill:#0c2d55}
.unknown.line{stroke:#e3b341}.unknown.head{fill:#e3b341}text.unknown{fill:#e3b341}.unknown.cell{fill:#40300a}
.blocks.line{stroke:#ff7b72}.blocks.head{fill:#ff7b72}text.blocks{fill:#ff7b72}.blocks.cell{fill:#5a1a18}
.surprise.head{fill:#d2a8ff}text.surprise{fill:#d2a8ff}.surprise.cell{fill:#3b1f5c}
text.aside{fill:#9da7b3}.aside.cell{fill:#161b22}
.ink{stroke:#0d1117}.aside.ink{stroke:#9da7b3}}`
