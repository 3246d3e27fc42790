/** The mark: a gate, half raised. The same drawing as the application's icon, in the colour of the text around it. */
export const Logo = ({ className }: { readonly className?: string }) => (
  <svg
    aria-hidden
    viewBox="0 0 24 24"
    className={className}
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
  >
    <path d="M3.5 21V11a8.5 8.5 0 0 1 17 0v10" />
    <path d="M8 6v11.5M12 4v15M16 6v11.5" />
    <path d="M4 10.5h16M4 15h16" />
  </svg>
);
