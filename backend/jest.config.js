const { loadEnv } = require("@medusajs/framework/utils")

loadEnv("test", process.cwd())

/** Which files a kind of test is in; the kind comes from TEST_TYPE. */
const TEST_MATCH = {
  unit: ["**/src/**/*.unit.spec.ts"],
  "integration:http": ["**/integration-tests/http/*.spec.ts"],
}

const type = process.env.TEST_TYPE ?? "unit"

if (!TEST_MATCH[type]) {
  throw new Error(`TEST_TYPE is one of ${Object.keys(TEST_MATCH).join(", ")}, not "${type}"`)
}

module.exports = {
  testMatch: TEST_MATCH[type],
  // A second Medusa in a process that has loaded one already can't start its modules: their entities are
  // kept for the whole process. So each file gets a process of its own, which any use of memory ends.
  ...(type === "unit" ? {} : { maxWorkers: 1, workerIdleMemoryLimit: "1KB" }),
  testEnvironment: "node",
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript", decorators: true }, target: "es2022" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/.medusa/"],
}
