# Every service is this image: Node, and what `make images` has staged for it in dist/images/<service>.
# The default base has Node, its libraries, certificates and no shell; any other with Node 24 will do.
ARG BASE_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot
FROM ${BASE_IMAGE}
ARG SERVICE
# Bases differ in where node is.
ENV NODE_ENV=production PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin
# Libraries in a layer of their own: they change seldom, and a registry keeps what it has.
COPY dist/images/${SERVICE}/node_modules/ /app/node_modules/
COPY dist/images/${SERVICE}/packages/ /app/packages/
COPY dist/images/${SERVICE}/services/ /app/services/
COPY dist/images/${SERVICE}/package.json dist/images/${SERVICE}/sbom.cdx.json /app/
USER 65532:65532
WORKDIR /app/services/${SERVICE}
EXPOSE 8080 9080
ENTRYPOINT ["node"]
# `src/migrate.ts` in their place brings the service's tables up to date.
CMD ["--import", "@guichet/telemetry/register", "src/main.ts"]
