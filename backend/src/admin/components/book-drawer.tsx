import { Button, Drawer, toast } from "@medusajs/ui"
import { type FormEvent, useState } from "react"
import type { BookFacts } from "../../catalogue/book-record"
import { type BookForm, type FieldErrors, readForm, toForm } from "../lib/book-form"
import { useSaveProductBook } from "../lib/use-product-book"
import { BookField } from "./book-field"

interface BookDrawerProps {
  productId: string
  facts: BookFacts | null
  onClose: () => void
}

/** The form in which a product's book facts are edited. */
export function BookDrawer({ productId, facts, onClose }: BookDrawerProps) {
  const [form, setForm] = useState<BookForm>(() => toForm(facts))
  const [errors, setErrors] = useState<FieldErrors>({})
  const save = useSaveProductBook(productId)

  const change = (name: keyof BookForm, value: string) => {
    setForm((before) => ({ ...before, [name]: value }))
    setErrors((before) => ({ ...before, [name]: undefined }))
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readForm(form)
    if ("errors" in read) {
      setErrors(read.errors)
      return
    }
    save.mutate(read.facts, {
      onSuccess: () => {
        toast.success("The book is saved")
        onClose()
      },
      onError: (error) => toast.error("The book wasn't saved", { description: error.message }),
    })
  }

  const shared = { form, errors, onChange: change }
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <form onSubmit={submit} noValidate className="flex h-full flex-col overflow-hidden">
          <Drawer.Header>
            <Drawer.Title>Edit book</Drawer.Title>
            <Drawer.Description>Facts of the book, whatever it is sold for.</Drawer.Description>
          </Drawer.Header>
          <Drawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
            <BookField {...shared} name="authors" label="Authors" hint="One a line" rows={3} />
            <div className="grid grid-cols-2 items-start gap-x-4">
              <BookField
                {...shared}
                name="year"
                label="First published"
                inputMode="numeric"
                hint="A year; negative: BC"
              />
              <BookField {...shared} name="pages" label="Pages" inputMode="numeric" />
            </div>
            <div className="grid grid-cols-2 items-start gap-x-4">
              <BookField {...shared} name="language" label="Language" hint='A code such as "en"' />
              <BookField {...shared} name="original_language" label="Original language" />
            </div>
            <div className="grid grid-cols-2 items-start gap-x-4">
              <BookField {...shared} name="series_name" label="Series" />
              <BookField
                {...shared}
                name="series_position"
                label="Number in series"
                inputMode="decimal"
              />
            </div>
            <BookField
              {...shared}
              name="subjects"
              label="Subjects"
              hint="Separated by commas"
              rows={3}
            />
            <div className="grid grid-cols-2 items-start gap-x-4">
              <BookField
                {...shared}
                name="reading_age_from"
                label="Reading age from"
                inputMode="numeric"
              />
              <BookField
                {...shared}
                name="reading_age_to"
                label="Reading age to"
                inputMode="numeric"
                hint="Empty: for good"
              />
            </div>
          </Drawer.Body>
          <Drawer.Footer>
            <Drawer.Close asChild>
              <Button type="button" variant="secondary">
                Cancel
              </Button>
            </Drawer.Close>
            <Button type="submit" isLoading={save.isPending}>
              Save
            </Button>
          </Drawer.Footer>
        </form>
      </Drawer.Content>
    </Drawer>
  )
}
