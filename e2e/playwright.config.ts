import { defineConfig, devices } from "@playwright/test"
import { readShop } from "./helpers/shop"

const { env } = process

/** A test makes a dozen requests, and some wait for a change to be found: see `eventually`. */
const TEST_LIMIT_MS = 60_000
/** The first page that a fresh server draws is slow on a small machine. */
const EXPECT_LIMIT_MS = 15_000

/**
 * The browser is the system's, so nothing is downloaded. Sandbox and GPU aren't to be had in most
 * containers; the other switches keep it from calling home during a test.
 */
const chromium = {
  executablePath: env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
}

/** Tests of the whole shop as it runs. `LIBRO_DEMO_JSON` names the file that says where. */
export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  timeout: TEST_LIMIT_MS,
  expect: { timeout: EXPECT_LIMIT_MS },
  // The tests share one shop, and some change what others count.
  workers: 1,
  fullyParallel: false,
  // A test that passes when it is tried again hides a fault.
  retries: 0,
  forbidOnly: Boolean(env.CI),
  reporter: [
    ["list"],
    ...(env.PLAYWRIGHT_JSON_OUTPUT_NAME
      ? [["json", { outputFile: env.PLAYWRIGHT_JSON_OUTPUT_NAME }] as const]
      : []),
  ],
  projects: [
    { name: "api", testMatch: /\.api\.spec\.ts$/ },
    {
      name: "browser",
      testMatch: /\.spec\.ts$/,
      testIgnore: /\.api\.spec\.ts$/,
      use: {
        ...devices["Desktop Chrome"],
        baseURL: readShop().storefront_url,
        launchOptions: chromium,
        trace: "retain-on-failure",
        screenshot: "only-on-failure",
      },
    },
  ],
})
