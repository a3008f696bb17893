import { Button, Table, Text, toast, usePrompt } from "@medusajs/ui"
import { useState } from "react"
import { type FailedText, useDiscard, useFailedTexts, useReplay } from "../lib/use-queue"

const PAGE_SIZE = 10

/** The texts that were set aside, each with its error; replayed or given up one by one. */
export function FailedTexts({ failed }: { failed: number }) {
  const [pageIndex, setPageIndex] = useState(0)
  const pageCount = Math.max(1, Math.ceil(failed / PAGE_SIZE))
  // The last page goes away with its last text.
  const current = Math.min(pageIndex, pageCount - 1)
  const page = { limit: PAGE_SIZE, offset: current * PAGE_SIZE }
  const { data, error } = useFailedTexts(page, failed)
  if (!failed) {
    return null
  }
  if (error) {
    return (
      <Text size="small" role="alert" className="text-ui-fg-error px-6 py-4">
        The texts can't be read: {error.message}
      </Text>
    )
  }
  return (
    <div>
      <div className="overflow-x-auto">
        <Table className="min-w-[44rem]">
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>Text</Table.HeaderCell>
              <Table.HeaderCell>Error</Table.HeaderCell>
              <Table.HeaderCell>Set aside</Table.HeaderCell>
              <Table.HeaderCell />
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {data?.texts.map((text) => (
              <FailedRow key={text.id} text={text} />
            ))}
          </Table.Body>
        </Table>
      </div>
      <Table.Pagination
        count={failed}
        pageSize={PAGE_SIZE}
        pageIndex={current}
        pageCount={pageCount}
        canPreviousPage={current > 0}
        canNextPage={current < pageCount - 1}
        previousPage={() => setPageIndex(current - 1)}
        nextPage={() => setPageIndex(current + 1)}
      />
    </div>
  )
}

function FailedRow({ text }: { text: FailedText }) {
  const replay = useReplay()
  const discard = useDiscard()
  const prompt = usePrompt()
  const onError = (error: Error) =>
    toast.error("Nothing was changed", { description: error.message })

  const onReplay = () =>
    replay.mutate([text.id], { onSuccess: () => toast.success("The text is queued anew"), onError })
  const onDiscard = async () => {
    const confirmed = await prompt({
      title: "Give this text up?",
      description:
        "Its products are found by keyword only, and nothing reports it any more, until their text changes.",
      confirmText: "Give up",
      cancelText: "Cancel",
    })
    if (confirmed) {
      discard.mutate([text.id], {
        onSuccess: () => toast.success("The text was given up"),
        onError,
      })
    }
  }

  return (
    <Table.Row>
      <Table.Cell>
        <div className="max-w-xs py-2">
          <span className="line-clamp-2 whitespace-normal" title={text.text}>
            {text.text}
          </span>
          {text.documents.length > 0 && (
            <span className="text-ui-fg-subtle block">{text.documents.join(", ")}</span>
          )}
        </div>
      </Table.Cell>
      <Table.Cell>
        <span className="line-clamp-2 max-w-xs whitespace-normal" title={text.last_error ?? ""}>
          {text.last_error ?? "–"}
        </span>
      </Table.Cell>
      <Table.Cell>{new Date(text.failed_at).toLocaleString()}</Table.Cell>
      <Table.Cell>
        <div className="flex justify-end gap-x-2">
          <Button
            size="small"
            variant="secondary"
            isLoading={replay.isPending}
            onClick={onReplay}
            aria-label={`Replay: ${text.text.slice(0, 60)}`}
          >
            Replay
          </Button>
          <Button
            size="small"
            variant="transparent"
            isLoading={discard.isPending}
            onClick={onDiscard}
            aria-label={`Give up: ${text.text.slice(0, 60)}`}
          >
            Give up
          </Button>
        </div>
      </Table.Cell>
    </Table.Row>
  )
}
