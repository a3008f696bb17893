import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { parseDockerfile, readDockerignore } from "./lib/dockerfile.mjs"

describe("parseDockerfile", () => {
  it("reads stages, continued lines with comments among them, flags and both forms of lists", () => {
    const [build, last] = parseDockerfile(`# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:22.23.2-bookworm-slim
FROM \${NODE_IMAGE} AS build
RUN --mount=type=cache,target=/root/.npm \\
  # Why.
  npm ci && \\
  npm run build
FROM build
ENV A=1 \\
  B="two words"
COPY --from=build /a /b ./
HEALTHCHECK --interval=10s CMD ["true"]
CMD ["node", "server.js"]
`)
    assert.deepEqual(build, {
      name: "build",
      base: "node:22.23.2-bookworm-slim",
      steps: [{ name: "RUN", command: "npm ci &&    npm run build" }],
    })
    assert.deepEqual(last, {
      name: "1",
      base: "build",
      steps: [
        { name: "ENV", env: { A: "1", B: "two words" } },
        { name: "COPY", from: "build", to: "./", sources: ["/a", "/b"] },
        { name: "HEALTHCHECK", command: ["true"] },
        { name: "CMD", command: ["node", "server.js"] },
      ],
    })
  })

  it("refuses an instruction that it doesn't know", () => {
    assert.throws(() => parseDockerfile("FROM a\nSHELL [1]\n"), /SHELL/)
  })
})

describe("readDockerignore", () => {
  const { includes, mayHold } = readDockerignore(`# Nothing but this.
**
!backend
!benchmarks/package.json
**/node_modules
**/.env.*
**/*.log
`)
  const cases = {
    "README.md": false,
    "backend/src/a.ts": true,
    "backend/node_modules/a/index.js": false,
    "backend/.env.local": false,
    "backend/deep/a.log": false,
    "backend/catalog": true,
    "benchmarks/package.json": true,
    "benchmarks/src/a.ts": false,
    backend2: false,
  }
  for (const [path, lets] of Object.entries(cases)) {
    it(`${lets ? "lets in" : "keeps out"} ${path}`, () => assert.equal(includes(path), lets))
  }

  it("goes down only where something can be let in", () => {
    const folders = ["backend", "backend/node_modules", "benchmarks", "benchmarks/src", "docs"]
    assert.deepEqual(folders.filter(mayHold), ["backend", "benchmarks"])
  })

  it("lets everything in that no line names", () => {
    assert.equal(readDockerignore("dist\n").includes("src/a.ts"), true)
  })
})
