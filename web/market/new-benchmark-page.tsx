import { ButtonLink } from '../components/button.tsx'
import { Loading } from '../components/page.tsx'
import { AdministratorPage } from '../shell/administrator-page.tsx'
import { useLookIsKnown } from '../shell/preferences.ts'
import { BenchmarkForm } from './benchmark-form.tsx'
import { benchmarkForm as m } from '#messages/market-forms'

const NewBenchmarkPage = () => (
  <AdministratorPage title={m.make} lead={m.lead} actions={<ButtonLink href="/market/benchmarks">{m.toList}</ButtonLink>}>
    {useLookIsKnown() ? <BenchmarkForm /> : <Loading />}
  </AdministratorPage>
)

export default NewBenchmarkPage
