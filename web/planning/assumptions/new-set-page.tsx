import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLookIsKnown } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { SetForm } from './set-form.tsx'
import { useOwners } from './use-owners.ts'
import { set as words, setForm as m, titles } from '#messages/plan-assumptions'

const none = 'none'

const Form = ({ from }: { readonly from: string }) => {
  const { editable } = useOwners()
  const { data, error, refetch } = useApi(
    'GET /v1/planning/assumption-sets/{assumptionSetId}',
    { params: { assumptionSetId: from } },
    { enabled: from !== none },
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (!data && from !== none) return <Loading />
  return <SetForm basis={from === none ? undefined : data} households={editable} />
}

/** The set to begin with: a published one, or the one in the address. Then the form. */
const Choice = () => {
  const { read, write } = useAddress()
  const { editable, isPending } = useOwners()
  const isKnown = useLookIsKnown()
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets', { query: { limit: 200, sort: 'name' } })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data || isPending || !isKnown) return <Loading />
  if (editable.length === 0)
    return (
      <EmptyState
        title={m.noHousehold}
        action={
          <ButtonLink kind="primary" href="/households">
            {m.toHouseholds}
          </ButtonLink>
        }
      />
    )
  const from = read('from') || (data.items.find(({ published }) => published)?.id ?? none)
  return (
    <>
      <SelectField
        {...filterField('from', from, value => write({ from: value }))}
        label={m.basis}
        options={[...data.items.map(({ id, name }) => [id, name] as const), [none, m.nothing]]}
      />
      <Form key={from} from={from} />
    </>
  )
}

/** Makes an assumption set. */
const NewSetPage = () => (
  <Page title={titles.newSet} lead={m.lead} actions={<ButtonLink href="/assumptions">{words.toList}</ButtonLink>}>
    <Choice />
  </Page>
)

export default NewSetPage
