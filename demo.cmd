@echo off
rem Runs the demo: builds what is not built, then starts everything on this machine. demo.cmd --help tells the options.
rem Needs a JDK 17 or newer and Maven 3.8 or newer; nothing else. Not tested.
setlocal
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo demo: no java found, the demo needs a JDK 17 or newer; install one, such as from https://adoptium.net 1>&2
  exit /b 1
)
for %%a in (%*) do for %%b in (--help -h) do if "%%~a"=="%%b" (
  "%java%" "%root%demo\src\main\java\dev\nodoubt\demo\Help.java"
  exit /b 0
)
set NODOUBT_DEMO_TERMINAL=yes
"%java%" "%root%demo\src\main\java\dev\nodoubt\demo\Options.java" %*
if errorlevel 1 exit /b %errorlevel%
where mvn >nul 2>&1
if errorlevel 1 (
  echo demo: no mvn found, building needs Maven 3.8 or newer; install it from https://maven.apache.org 1>&2
  exit /b 1
)
echo Building. What is missing is downloaded from Maven Central: the first time about 150 MB, some minutes ...
pushd "%root%"
call mvn -B -q -Dstyle.color=never -Dmaven.test.skip=true -pl services/transfer,services/mail,services/exchange,services/brokerage,demo -am package
set built=%errorlevel%
popd
if not "%built%"=="0" (
  echo demo: the build failed; its messages stand above 1>&2
  exit /b 1
)
"%java%" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "%root%demo\target\nodoubt-demo.jar" %*
