import { Button, Container, Heading, toast } from "@medusajs/ui"
import type { Diagnosis } from "../../doctor/diagnose"
import { useReplay } from "../lib/use-queue"
import { FactsList } from "./facts-list"
import { FailedTexts } from "./failed-texts"

const SECONDS_PER_MINUTE = 60

function ageOf(seconds: number): string {
  return seconds < SECONDS_PER_MINUTE
    ? `${Math.round(seconds)} s`
    : `${Math.round(seconds / SECONDS_PER_MINUTE)} min`
}

/** The texts that wait for their vectors, and those that were set aside. */
export function QueueCard({ queue }: Pick<Diagnosis["status"], "queue">) {
  const replay = useReplay()
  const onReplay = () =>
    replay.mutate(undefined, {
      onSuccess: ({ replayed }) => toast.success(`${replayed} text(s) are queued anew`),
      onError: (error) => toast.error("Nothing was queued", { description: error.message }),
    })
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">Queue</Heading>
        <Button
          size="small"
          variant="secondary"
          disabled={!queue.failed}
          isLoading={replay.isPending}
          onClick={onReplay}
        >
          Replay all
        </Button>
      </div>
      <FactsList
        facts={[
          ["Waiting", queue.waiting],
          ["The oldest waits for", queue.waiting ? ageOf(queue.oldest_seconds) : "–"],
          ["Set aside after failures", queue.failed],
          ["Last error", queue.last_error ?? "–"],
        ]}
      />
      <FailedTexts failed={queue.failed} />
    </Container>
  )
}
