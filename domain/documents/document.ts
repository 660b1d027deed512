/** A column of a table. */
export interface TableColumn {
  readonly title: string
  /** Its share of the width, beside those of the other columns. */
  readonly width: number
  /** Figures stand at the right. */
  readonly align?: 'end'
}

/** A table of a printed document. Each row has a cell for each column. */
export interface DocumentTable {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
  /** Printed in bold, below a line. */
  readonly totals?: readonly (readonly string[])[]
}

export interface DocumentSection {
  readonly title: string
  /** Sentences below the title. */
  readonly lead?: readonly string[]
  readonly table?: DocumentTable
  /** Sentences below the table. */
  readonly notes?: readonly string[]
}

/** What is printed, whatever the format. */
export interface PrintedDocument {
  readonly title: string
  /** Printed below the title on each page: whose document it is, and of which time. */
  readonly subtitle: string
  /** At the bottom of each page. */
  readonly footer: string
  readonly orientation: 'portrait' | 'landscape'
  readonly sections: readonly DocumentSection[]
}

/** One table as data: a header, and rows of the same length. */
export interface DataTable {
  readonly columns: readonly { readonly name: string; readonly isNumber?: true }[]
  readonly rows: readonly (readonly string[])[]
}
