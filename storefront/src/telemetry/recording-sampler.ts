import { type Sampler, SamplingDecision, type SamplingResult } from "@opentelemetry/sdk-trace-node"

/** Has each span recorded for the metrics, also where the trace isn't sent. */
export class RecordingSampler implements Sampler {
  constructor(private readonly sampler_: Sampler) {}

  shouldSample(...span: Parameters<Sampler["shouldSample"]>): SamplingResult {
    const result = this.sampler_.shouldSample(...span)
    return result.decision === SamplingDecision.NOT_RECORD
      ? { ...result, decision: SamplingDecision.RECORD }
      : result
  }

  toString(): string {
    return `RecordingSampler{${this.sampler_.toString()}}`
  }
}
