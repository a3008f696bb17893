const TEST_MATCH = {
  unit: ["<rootDir>/src/**/*.unit.spec.ts"],
  integration: ["<rootDir>/integration-tests/**/*.spec.ts"],
}

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>"],
  testMatch: TEST_MATCH[process.env.TEST_TYPE] ?? Object.values(TEST_MATCH).flat(),
  // Property tests on a real Postgres: a limit for what hangs, not for what is slow on a busy machine.
  testTimeout: 60_000,
  testPathIgnorePatterns: [
    "/node_modules/",
    "/.medusa/",
    // Needs a pooler: see integration-tests/pgvector/surroundings.ts.
    ...(process.env.DB_POOLER_PORT ? [] : ["pooler\\.spec"]),
  ],
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", decorators: true },
          target: "es2022",
        },
      },
    ],
  },
}
