/** The style of a fleet's page, light and dark. */
export const FLEET_STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf7; --card: #fff; --ink: #22262b; --quiet: #5c636b; --line: #dcdad3;
  --good: #2e7d4f; --bad: #b3402f; --warn: #a8761a; --dark: #6b7078; --plain: #3b6ea5 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --card: #1e2125; --ink: #e6e4df; --quiet: #a0a6ad; --line: #34383e;
    --good: #5fb583; --bad: #e0796a; --warn: #d7a84f; --dark: #8a9099; --plain: #7aa7d9 }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.05rem; margin: 0 0 .75rem }
.quiet { color: var(--quiet); margin: .25rem 0 }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin-top: 1rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .75rem; margin-top: 1rem }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem }
.tile b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums } .tile span { color: var(--quiet); font-size: .85rem }
.tile.good b { color: var(--good) } .tile.warn b { color: var(--warn) } .tile.bad b { color: var(--bad) }
svg { width: 100%; height: auto; display: block } svg text { font-size: 12px; fill: var(--ink) } svg .note { fill: var(--quiet) }
rect.good { fill: var(--good) } rect.bad { fill: var(--bad) } rect.warn { fill: var(--warn) } rect.dark { fill: var(--dark) } rect.plain { fill: var(--plain) }
.legend span { margin-right: 1.25rem } .legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: 2px; margin-right: .35rem }
i.good { background: var(--good) } i.bad { background: var(--bad) } i.warn { background: var(--warn) } i.dark { background: var(--dark) }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
th { color: var(--quiet); font-weight: 600 }
`
