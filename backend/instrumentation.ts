import { registerTelemetry } from "./src/telemetry/register-telemetry"

/** Medusa calls this before it starts the application. */
export function register(): void {
  registerTelemetry(process.env)
}
