/** Drawn in the colour of the text, and hidden from screen readers: a word stands beside each. */
import type { ReactNode } from "react";

const icon = (shape: ReactNode, filled = false) =>
  function Icon() {
    return (
      <svg
        viewBox="0 0 24 24"
        width="24"
        height="24"
        aria-hidden="true"
        fill={filled ? "currentColor" : "none"}
        stroke={filled ? "none" : "currentColor"}
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {shape}
      </svg>
    );
  };

export const KilnIcon = icon(
  <>
    <path d="M5 20V9.5C5 6 8 3.5 12 3.5s7 2.5 7 6V20Z" />
    <path d="M12 17.5c-2 0-3-1.3-3-2.9 0-2 2-2.6 2.2-5.1 2.3 1.2 3.8 3 3.8 5.1 0 1.6-1 2.9-3 2.9Z" />
  </>,
);
export const KilnsIcon = icon(
  <>
    <rect x="4" y="4" width="6.5" height="6.5" rx="1" />
    <rect x="13.5" y="4" width="6.5" height="6.5" rx="1" />
    <rect x="4" y="13.5" width="6.5" height="6.5" rx="1" />
    <rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1" />
  </>,
);
export const ProfileIcon = icon(<path d="M3 19 8 12h4l4-8 5 9" />);
export const HistoryIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.2l3.5 2" />
  </>,
);
export const TuningIcon = icon(
  <>
    <path d="M4 7h9m4 0h3M4 17h3m4 0h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </>,
);
export const SettingsIcon = icon(<path d="M4 6h16M4 12h16M4 18h10" />);
export const DiagnosticsIcon = icon(<path d="M3 12h4l2.5-6 4 13 2.5-7H21" />);
export const StopIcon = icon(<rect x="6" y="6" width="12" height="12" rx="2" />, true);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const AlarmIcon = icon(
  <>
    <path d="M12 4 2.8 20h18.4Z" />
    <path d="M12 10v4.5m0 2.6v.1" />
  </>,
);
export const ClockIcon = HistoryIcon;
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const BoltIcon = icon(<path d="M13 3 5.5 13.5H11L10 21l8-11h-5.5Z" />);
export const UpIcon = icon(<path d="M12 19V5m-6 6 6-6 6 6" />);
export const DownIcon = icon(<path d="M12 5v14m-6-6 6 6 6-6" />);
export const CopyIcon = icon(
  <>
    <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
    <path d="M15.5 5.5a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1" />
  </>,
);
export const DotIcon = icon(<circle cx="12" cy="12" r="5" />, true);
