import type { ReactNode } from 'react'
import type { ApiPages } from '../shell/api-pages.ts'
import { Loading } from './page.tsx'
import { Failure } from './problem.tsx'
import { LoadMore } from './table.tsx'

/** What has been read of a list: all of `useApiPages`, or the items of one answer. */
type Read<Item> = Pick<ApiPages<Item>, 'items' | 'error' | 'retry'> & Partial<Pick<ApiPages<Item>, 'busy' | 'more'>>

/** A list in each of its states: it failed, it is being loaded, there is nothing, or its items, with a button for the next page. */
export const List = <Item,>({
  children,
  empty,
  list: { busy = false, error, items, more, retry },
}: {
  readonly list: Read<Item>
  /** Says that there is nothing, and what the next step is. */
  readonly empty: ReactNode
  /** Shows the items; there is at least one. */
  readonly children: (items: readonly Item[]) => ReactNode
}) => (
  <>
    {error && <Failure error={error} retry={retry} />}
    {!items && !error && <Loading />}
    {items?.length === 0 && empty}
    {items && items.length > 0 && children(items)}
    {more && <LoadMore busy={busy} onClick={more} />}
  </>
)
