/**
 * A report of what was found, as a file: choose the format, look, save. A page is looked at as text: a frame that shows
 * markup would need a hole in the policy under which this page runs (bridge.ts).
 */
import { Save } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { Input, ReportFile, Reply } from '../../../core/api.ts';
import type { Report } from '../../../core/model.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../../core/reports/source.ts';
import { visible } from '../../../core/visible.ts';
import { Formats } from '../../parts/Formats.tsx';
import { Button } from '../../parts/Button.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { useActions } from '../../state/context.tsx';
import { foreign, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { useSave } from './save-file.ts';

export function ReportPart({ report }: { readonly report: Report }) {
  const { makeReport } = useActions();
  const id = useId();
  const [format, setFormat] = useState<ReportFormat>('html');
  const [redact, setRedact] = useState(false);
  const [answered, setAnswered] = useState<Reply<ReportFile> | null>(null);
  const { language, formats, ...said } = words.reportPart;
  const shown = format === 'html' ? 'md' : format;
  // A later scan makes another report.
  const wanted = JSON.stringify([report.takenAt, { format: shown, language, redact, save: false }]);

  useEffect(() => {
    let current = true;
    const [, asked] = JSON.parse(wanted) as [string, Input<'report'>];
    void makeReport(asked).then((made) => {
      if (current) setAnswered(made);
    });
    return () => {
      current = false;
    };
  }, [makeReport, wanted]);

  return (
    <section aria-labelledby={`${id}title`} className="border-t border-line pt-5">
      <h2 id={`${id}title`} className="text-xl font-semibold">
        {said.title}
      </h2>
      <p className="mt-1 mb-4 text-soft">{said.lead}</p>
      <h3 id={`${id}format`} className="mb-2 font-semibold">
        {said.format}
      </h3>
      <Formats
        formats={REPORT_FORMATS}
        chosen={format}
        words={formats}
        id={id}
        labelledBy={`${id}format`}
        onChoose={setFormat}
      />
      <div className="mt-5 grid items-start gap-5 wide:grid-cols-[18rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <label htmlFor={`${id}redact`} className="flex items-start gap-2.5">
            <Tick id={`${id}redact`} checked={redact} onChange={setRedact} />
            <span className="min-w-0">
              <span className="block font-medium">{said.redact}</span>
              <span className="block text-sm text-soft">{said.redactHint}</span>
            </span>
          </label>
        </div>
        <div className="min-w-0">
          {answered === null || (answered.ok && !answered.value.filename.endsWith(`.${shown}`)) ? (
            <p className="px-4 py-10 text-center text-soft">{said.making}</p>
          ) : answered.ok ? (
            <Preview key={`${format}${redact}`} file={answered.value} format={format} redact={redact} />
          ) : (
            <ProblemNotice problem={answered.error} />
          )}
        </div>
      </div>
    </section>
  );
}

interface PreviewProps {
  readonly file: ReportFile;
  readonly format: ReportFormat;
  readonly redact: boolean;
}

/** More than anybody reads in a window; all are in the file. */
const LINES = 400;

function Preview({ file, format, redact }: PreviewProps) {
  const { makeReport } = useActions();
  const { language, ...said } = words.reportPart;
  const { saving, told, save } = useSave(() => makeReport({ format, language, redact, save: true }), said.saved);
  const lines = file.content?.replace(/\r?\n$/, '').split(/\r?\n/) ?? null;
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface shadow-lift">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <h3 className="flex-1 font-medium">{format === 'html' ? said.previewOfPage : said.preview}</h3>
        <span className="order-last basis-full font-mono text-xs text-faint wrap-anywhere">
          {foreign(format === 'html' ? file.filename.replace(/\.md$/, '.html') : file.filename)}
        </span>
        <Button
          small
          kind="main"
          icon={<Save aria-hidden className="size-4" />}
          working={saving}
          onClick={() => void save()}
        >
          {said.save}
        </Button>
        {told === null ? null : <p className="basis-full text-sm text-soft wrap-anywhere">{sentence(told)}</p>}
      </div>
      {lines === null ? (
        <p className="px-4 py-10 text-center text-soft">{said.tooLong}</p>
      ) : (
        <pre
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard
          tabIndex={0}
          role="region"
          aria-label={said.preview}
          className="numbers max-h-[60vh] overflow-auto px-4 py-3 font-mono text-xs leading-5 whitespace-pre-wrap text-ink wrap-anywhere focus-visible:-outline-offset-2"
          data-scroll
        >
          {lines.slice(0, LINES).map(visible).join('\n')}
        </pre>
      )}
      {lines === null || lines.length <= LINES ? null : (
        <p className="border-t border-line px-4 py-2 text-sm text-faint">{said.goesOn(lines.length - LINES)}</p>
      )}
    </div>
  );
}
