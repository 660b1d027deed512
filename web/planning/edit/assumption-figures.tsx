import { Link } from 'wouter'
import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { FigureTable } from '../assumptions/set-figures.tsx'
import { set as words } from '#messages/plan-assumptions'
import { planTerms as m } from '#messages/plan-edit'

/** The figures of an assumption set, to look at. */
export const AssumptionFigures = ({ assumptionSetId, onClose }: { readonly assumptionSetId: string; readonly onClose: () => void }) => {
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId } })
  return (
    <Dialog title={words.figuresOf(data?.name ?? '…')} onClose={onClose}>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p>{words.figuresLead}</p>
          <FigureTable set={data} />
          <p>
            {m.source}: {data.source ?? m.nothing}, <CalendarDate date={data.effectiveDate} />
          </p>
          <p>
            <Link href={`/assumptions/${data.id}`}>{m.allFigures}</Link>
          </p>
        </>
      )}
    </Dialog>
  )
}
