import type { Genre } from "../catalogue/book-record"

/** The colours of a cover. */
export interface Palette {
  /** Behind the text. */
  ground: string
  /** The text; readable on `ground`. */
  ink: string
  /** Behind the picture. */
  field: string
  /** What the picture is drawn in; each shows on `field`. */
  shapes: readonly [string, string, string]
}

/** In each row: ground, ink, field, then the three colours of the picture. */
const ROWS: Record<Genre, readonly string[]> = {
  classics: [
    "#f2e8d5 #23211f #23423d #d9a441 #f2e8d5 #b5533c",
    "#1f3a36 #f3e6c8 #1f3a36 #c9a24d #e9dcbd #7f9c7a",
    "#6b1f2a #f6e9d2 #6b1f2a #e2b45c #f6e9d2 #a8505a",
    "#f5eddc #3a1c1c #8c2f2b #f5eddc #e0b872 #4d1518",
    "#1d2b45 #f1e7d0 #1d2b45 #d2a64e #8fa3b8 #f1e7d0",
    "#e6dfcb #2a3222 #56683c #e6dfcb #d8b45a #2a3222",
  ],
  "modern-fiction": [
    "#f4efe6 #1e1e24 #f4efe6 #e4572e #2e86ab #f2b134",
    "#f7d9c4 #2b1d2b #f7d9c4 #c8553d #588b8b #2b1d2b",
    "#17324d #fbf3e4 #17324d #f28f3b #c8553d #9bc1bc",
    "#fdf6ec #3d1f38 #d8a7b1 #7b2d4b #f6e7cb #3d1f38",
    "#e9e4d4 #14342b #14342b #f4a259 #e9e4d4 #bc4b51",
    "#ffcf56 #20222b #ffcf56 #d7263d #f7f3e9 #1b998b",
    "#2d2a32 #f5efe0 #2d2a32 #ddd92a #ef8354 #8d99ae",
  ],
  crime: [
    "#14151a #f3eee3 #14151a #d62828 #f3eee3 #6c7078",
    "#f1ede4 #17171a #17171a #f2c014 #f1ede4 #6f6a60",
    "#c1121f #fff3e0 #c1121f #1a1113 #fff3e0 #7a0c14",
    "#0f2430 #efe9d9 #0f2430 #e36414 #7f98a3 #efe9d9",
    "#f2c230 #17150f #17150f #f2c230 #f7f1de #a9791a",
    "#22303c #f4efe2 #d9d2bf #22303c #b3261e #5d6b74",
  ],
  "science-fiction": [
    "#0b1026 #f4efff #0b1026 #ff6b35 #f7c59f #5c6bc0",
    "#f3ead8 #1b1b3a #1b1b3a #ff5964 #ffe74c #6bf1c7",
    "#12343b #f9edcc #12343b #e1b382 #c89666 #5fa8a3",
    "#ff6f3c #1a0f1f #1a0f1f #ff6f3c #ffd9a0 #8d4a9e",
    "#1e0f2e #f8e9ff #1e0f2e #f72585 #4cc9f0 #b79ced",
    "#e8e6df #15202b #e8e6df #d1495b #15202b #3f88a5",
  ],
  fantasy: [
    "#1b2a41 #f5ecd7 #324a5f #f2d492 #ccc9dc #0c1821",
    "#2c1a3d #f7e8c9 #2c1a3d #e0a458 #b089c9 #f7e8c9",
    "#f3ead3 #22331f #a9c0a6 #3d5a3c #f3ead3 #c8743a",
    "#12372a #fbf4dd #436850 #adbc9f #fbf4dd #e9b44c",
    "#3b0d11 #f9e7cf #6a1b1f #e2a458 #f9e7cf #2a0709",
    "#f1e3c6 #2b2236 #e8a87c #41325e #f1e3c6 #8d4a66",
  ],
  romance: [
    "#f9dfdc #5c1a33 #f9dfdc #d1495b #f28f8a #7a2348",
    "#7a1e3a #fdeee4 #7a1e3a #f2a6a0 #fdeee4 #d65a6b",
    "#fbf1e6 #3c2a4d #d9b8c4 #8c3a5b #fbf1e6 #5d4a78",
    "#f6c9b0 #43202f #f6c9b0 #c2405a #fff1e2 #86304c",
    "#2f3e46 #fbe9e1 #2f3e46 #e5989b #ffcdb2 #b5838d",
    "#fff4ea #9b1d42 #9b1d42 #ffc2b4 #fff4ea #e2647d",
  ],
  childrens: [
    "#ffd23f #1f2a52 #ffd23f #ee4266 #3bceac #2a4d9b",
    "#3d8bd4 #0c1c36 #3d8bd4 #ffd447 #f7f3e8 #b81d3c",
    "#fff6e0 #26304f #8fd3c8 #f26b5b #fff6e0 #26304f",
    "#f7705c #2c0f14 #f7705c #ffe08a #fff6e6 #1c6e7d",
    "#1f6f5c #fff7df #1f6f5c #f9c846 #f2765c #a8d8b9",
    "#fdf0d5 #5b2a6e #c9a6e4 #5b2a6e #fdf0d5 #d9601a",
    "#bfe3f2 #16324f #bfe3f2 #f25f4c #ffb627 #16324f",
  ],
  history: [
    "#efe4cf #3b2417 #a4492f #efe4cf #e3b06b #3b2417",
    "#2b2d33 #f0e6d2 #2b2d33 #c08a3e #8c857b #f0e6d2",
    "#f4ecdc #1d3557 #1d3557 #e9c46a #f4ecdc #b8493a",
    "#5a1a1a #f6e8cf #5a1a1a #d8a250 #f6e8cf #9c4a3c",
    "#d9c9a3 #2a2b1f #6b6f47 #f0e6cb #2a2b1f #c0703a",
    "#123b43 #f4e9d3 #123b43 #dd8a4b #f4e9d3 #5f8f8a",
  ],
  science: [
    "#f3f4ef #10243e #10243e #4cc9b0 #f3f4ef #f26a4b",
    "#0d3b44 #f0f7ee #0d3b44 #f4d35e #7fd1c7 #ee964b",
    "#eef1f4 #18202b #eef1f4 #e63946 #1d6fa5 #18202b",
    "#ffb703 #14202e #14202e #ffb703 #8ecae6 #fb8500",
    "#1a1c2c #eef0f2 #1a1c2c #7cc6fe #e85d75 #f3de8a",
    "#dfeae2 #1c3a2e #1c3a2e #a8d5ba #f1d26a #dfeae2",
  ],
  philosophy: [
    "#f5f1e8 #1a1a1a #f5f1e8 #1a1a1a #b5402a #a39b8b",
    "#23282e #efe9dc #23282e #efe9dc #c9a35b #6f7a83",
    "#d8d4c7 #21303a #21303a #d8d4c7 #cf8b3e #7d8f96",
    "#b8442e #fff3e2 #b8442e #fff3e2 #3a120b #eaa77a",
    "#e9dfc7 #3a2f4a #e9dfc7 #3a2f4a #c4913f #8c7fa3",
    "#1d3a3a #f3ecd8 #f3ecd8 #1d3a3a #c65d3b #86a39a",
  ],
  business: [
    "#f6f4ee #12294b #12294b #3ddc97 #f6f4ee #f5b700",
    "#0f4c4a #f8f3e3 #0f4c4a #f4b942 #f8f3e3 #4fa095",
    "#cf2f22 #fff8ee #cf2f22 #240806 #fff8ee #ffb199",
    "#f5c518 #1a1a1a #1a1a1a #f5c518 #fdf7e0 #8f8a7a",
    "#eceae4 #20232b #eceae4 #2355d9 #20232b #f0803c",
    "#24213a #f3eefc #24213a #9b8cff #f3eefc #ff8a5b",
  ],
  computing: [
    "#101418 #d6f5df #101418 #38d978 #d6f5df #24704a",
    "#f4f1ea #1a1f36 #1a1f36 #ff7a59 #f4f1ea #5c7cfa",
    "#1f2bd6 #f4f5ff #1f2bd6 #ffdf3a #f4f5ff #8f98ff",
    "#ece9e2 #222222 #ece9e2 #e4483a #222222 #8f8b82",
    "#24123a #ffeefc #24123a #ff4fa3 #58e6d9 #8a5fc4",
    "#ffb02e #20160a #20160a #ffb02e #fff0d4 #b5651d",
  ],
  cookery: [
    "#fbf3e2 #37331f #f2c14e #f78154 #fbf3e2 #5b8e4b",
    "#b23a2e #fff4e0 #b23a2e #f6c667 #fff4e0 #6d1f18",
    "#39573b #fbf3df #39573b #f0b94a #fbf3df #e2725b",
    "#fff6e9 #8a2c1d #fff6e9 #e4572e #f2b83d #6f9a4c",
    "#f6c453 #3a1f10 #f6c453 #d94f30 #fff5db #4f7a43",
    "#244a57 #fdf3de #244a57 #f29f5c #fdf3de #8fc0a9",
  ],
  travel: [
    "#f7ecd8 #123a4a #2b7a8c #f5b841 #f7ecd8 #e4633f",
    "#e4633f #2a0f0a #e4633f #ffd28a #fff3dc #8b2c23",
    "#13454f #f9f0da #13454f #f2a541 #f9f0da #4f9a94",
    "#f3dfb8 #40261a #d88a4a #f9ecd0 #40261a #9c3f2c",
    "#cfe3e2 #173042 #cfe3e2 #e76f51 #2a7f8e #173042",
    "#2a2550 #fbeedd #2a2550 #ff9e6d #fbd28b #7a6ac0",
  ],
  poetry: [
    "#f8f4ea #2d3142 #f8f4ea #7d8ca3 #c8553d #2d3142",
    "#2e4a46 #f7f1de #2e4a46 #cfd8b7 #e8a87c #7fa39a",
    "#efe1d6 #4a2536 #efe1d6 #a8566a #4a2536 #c9a08c",
    "#1f2740 #f2ecdc #1f2740 #e6c879 #8b9bc4 #f2ecdc",
    "#dde5d3 #2b3a2f #dde5d3 #5f8064 #c4703f #2b3a2f",
    "#f4dcc6 #3a2430 #f4dcc6 #c2553f #7d5a6a #3a2430",
  ],
  comics: [
    "#ffe14d #17161c #e63946 #ffe14d #fff8e6 #17161c",
    "#fff8e8 #17161c #2ec4e6 #ff4a5f #fff8e8 #ffd23f",
    "#d0202c #fff8e8 #d0202c #ffd23f #17161c #fff8e8",
    "#17161c #fff3d6 #17161c #ff5a5f #ffd23f #4cc9f0",
    "#3a5bd9 #fff8e8 #3a5bd9 #ffd23f #fff8e8 #ff5a4a",
    "#f6f1e4 #1b1b22 #f6f1e4 #1b1b22 #f2552c #9a968c",
  ],
}

function parse(row: string): Palette {
  const [ground, ink, field, ...shapes] = row.split(" ")
  return { ground, ink, field, shapes: shapes as [string, string, string] }
}

/** The palettes of each genre. */
export const PALETTES = Object.fromEntries(
  Object.entries(ROWS).map(([genre, rows]) => [genre, rows.map(parse)])
) as Record<Genre, Palette[]>
