// Swagger UI on our own schema; nothing is fetched from other hosts.
window.ui = SwaggerUIBundle({ url: "/docs/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });
