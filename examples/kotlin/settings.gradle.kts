rootProject.name = "kotlin-call"
