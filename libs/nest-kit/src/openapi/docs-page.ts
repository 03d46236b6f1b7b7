/** Files of the Swagger UI distribution that the page loads; nothing else of it is served. */
export const PAGE_ASSETS: ReadonlySet<string> = new Set([
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-standalone-preset.js',
  '/favicon-32x32.png',
]);

/** Swagger UI sets style attributes and draws its icons from data addresses; scripts come from our files alone. */
export const PAGE_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page, with relative addresses only, so that it works behind any path prefix. */
export function docsPage(title: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="assets/favicon-32x32.png">
<link rel="stylesheet" href="assets/swagger-ui.css">
</head>
<body>
<main id="docs"><noscript>Reading this page needs JavaScript. The document itself is at <a href="openapi.json">openapi.json</a>.</noscript></main>
<script src="assets/swagger-ui-bundle.js"></script>
<script src="assets/swagger-ui-standalone-preset.js"></script>
<script src="start.js"></script>
</body>
</html>
`;
}

/** Starts Swagger UI; a file of its own because the page allows no inline script. */
export function startScript(documents: readonly { name: string; url: string }[]): string {
  return `window.ui = SwaggerUIBundle({
  dom_id: '#docs',
  urls: ${JSON.stringify(documents)},
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
