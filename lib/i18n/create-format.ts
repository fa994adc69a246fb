export interface Format {
  number(value: number): string;
  percent(share: number): string;
  /** `04:12`, from an hour on `1:04:12`. */
  timer(durationMs: number): string;
  /** `1 min 40 sec`, in the two largest units. */
  duration(durationMs: number): string;
  /** `1 min`: the largest unit alone, for what needs no second. */
  roughly(durationMs: number): string;
  /** Hours and minutes. */
  time(epochMs: number): string;
  /** "today", "yesterday", or the date; then the time. */
  moment(epochMs: number, nowMs: number): string;
  list(items: readonly string[]): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const startOfDay = (epochMs: number): number => new Date(epochMs).setHours(0, 0, 0, 0);

/** Numbers, times and lists as `locale` writes them. */
export function createFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dateWithYear = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' });
  const pair = new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' });
  const unit = (name: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' });
  const units = { hour: unit('hour'), minute: unit('minute'), second: unit('second') };

  const split = (durationMs: number) => {
    const seconds = Math.max(0, Math.floor(durationMs / 1000));
    return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
  };

  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    timer(durationMs) {
      const { hours, minutes, seconds } = split(durationMs);
      const tail = `${twoDigits.format(minutes)}:${twoDigits.format(seconds)}`;
      return hours === 0 ? tail : `${plain.format(hours)}:${tail}`;
    },
    duration(durationMs) {
      const { hours, minutes, seconds } = split(durationMs);
      if (durationMs < MINUTE_MS) return units.second.format(seconds);
      const [large, small] =
        durationMs < HOUR_MS
          ? [units.minute.format(minutes), seconds === 0 ? '' : units.second.format(seconds)]
          : [units.hour.format(hours), minutes === 0 ? '' : units.minute.format(minutes)];
      return small === '' ? large : pair.format([large, small]);
    },
    roughly(durationMs) {
      const { hours, minutes, seconds } = split(durationMs);
      if (hours > 0) return units.hour.format(hours);
      return minutes > 0 ? units.minute.format(minutes) : units.second.format(seconds);
    },
    time: (epochMs) => time.format(epochMs),
    moment(epochMs, nowMs) {
      const days = Math.round((startOfDay(epochMs) - startOfDay(nowMs)) / (24 * HOUR_MS));
      const isThisYear = new Date(epochMs).getFullYear() === new Date(nowMs).getFullYear();
      const day =
        days === 0 || days === -1 ? relative.format(days, 'day') : (isThisYear ? date : dateWithYear).format(epochMs);
      return list.format([day, time.format(epochMs)]);
    },
    list: (items) => list.format([...items]),
  };
}
